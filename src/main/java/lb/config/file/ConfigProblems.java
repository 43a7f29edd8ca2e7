package lb.config.file;

import java.util.List;

/** A config was refused: every problem of the file, in file order. Nothing was changed. */
public final class ConfigProblems extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one */
    ConfigProblems(List<Problem> problems) {
        super(String.join("\n", Problem.lines("config", problems)));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    /** One line for each problem, see {@link Problem#lines}. @param file as the operator named it */
    public List<String> lines(String file) {
        return Problem.lines(file, problems);
    }
}
