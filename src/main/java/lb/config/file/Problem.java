package lb.config.file;

import java.util.List;

/**
 * Something in the file that lb does not accept, or a warning about it.
 *
 * @param line    from 1
 * @param column  from 1, in characters: where the key or value begins
 * @param path    such as {@code backends[0].weight}; empty where the whole file is meant
 * @param message the value, what was expected, and the nearest known word where there is one
 */
public record Problem(int line, int column, String path, String message) {

    /**
     * One line each, in columns:
     * <pre>
     * lb.json:7:7   backends[0].wieght   unknown key; did you mean "weight"?
     * lb.json:12:16 timeouts.connect     5 has no unit; write "5s" (or "5ms")
     * </pre>
     *
     * @param file as the operator named it
     */
    public static List<String> lines(String file, List<Problem> problems) {
        int places = (file + ":00:00").length();
        int paths = 0;
        for (Problem problem : problems) {
            places = Math.max(places, problem.place(file).length());
            paths = Math.max(paths, problem.path.length());
        }
        String format = "%-" + places + "s " + (paths == 0 ? "%s" : "%-" + paths + "s   ") + "%s";
        return problems.stream().map(p -> String.format(format, p.place(file), p.path, p.message)).toList();
    }

    private String place(String file) {
        return file + ":" + line + ":" + column;
    }
}
