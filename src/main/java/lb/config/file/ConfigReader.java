package lb.config.file;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import lb.config.Config;

/**
 * Reads a config from the bytes of its file: JSON in UTF-8, with comments, up to 16 MiB. Either all of it is right, or
 * every problem is named. A file can be read again and again by one reader.
 *
 * <p>Threading: control thread, since {@code ${file:…}} reads files.
 */
public final class ConfigReader {
    /** More is refused, so nobody needs to load more. */
    public static final int MAX_BYTES = SourceText.MOST_BYTES;

    private final Set<String> balancers;
    private final Lookups lookups;

    /**
     * @param config   with every default filled in
     * @param warnings what is allowed and yet doubtful, in file order
     */
    public record Checked(Config config, List<Problem> warnings) {}

    /**
     * @param balancers   the names that {@code balance} may be
     * @param environment gives a variable's value for {@code ${env:NAME}}, or null when it is not set;
     *                    {@code System::getenv}
     */
    public ConfigReader(Set<String> balancers, UnaryOperator<String> environment) {
        this.balancers = Set.copyOf(balancers);
        this.lookups = new Lookups(environment);
    }

    /** @throws ConfigProblems with every problem of the file */
    public Config read(byte[] bytes) throws ConfigProblems {
        return check(bytes).config();
    }

    /** The same, with the warnings. @throws ConfigProblems with every problem of the file */
    public Checked check(byte[] bytes) throws ConfigProblems {
        Problems problems = new Problems();
        Config config = null;
        String text = SourceText.of(bytes, problems);
        Node root = text == null ? null : TreeParser.parse(text, problems);
        if (root != null) config = new RootReading(new Values(problems, lookups), balancers).read(root);
        if (!problems.none()) throw new ConfigProblems(problems.errors());
        return new Checked(config, problems.warnings());
    }
}
