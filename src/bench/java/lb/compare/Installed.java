package lb.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The programs of this machine. */
final class Installed {
    private static final List<String> FOLDERS = Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
            Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin")).toList();

    private Installed() {}

    /** @throws IllegalStateException that names everything that is missing, and where Debian has it */
    static void demand(Options options) {
        List<String> missing = new ArrayList<>();
        need("wrk", "wrk", missing);
        need("taskset", "util-linux", missing);
        need("nginx", "nginx-core; it is the origin, too", missing);
        if (options.proxies().contains("haproxy")) need("haproxy", "haproxy", missing);
        if (options.proxies().contains("lb") && !Files.exists(options.jar())) {
            missing.add(options.jar() + " (mvn -q -DskipTests package)");
        }
        if (!missing.isEmpty()) throw new IllegalStateException("missing: " + String.join(", ", missing));
    }

    /** @throws IllegalStateException when it is not there */
    static String path(String program) {
        String found = find(program);
        if (found == null) throw new IllegalStateException("missing: " + program);
        return found;
    }

    /** The first line that a command prints, on stdout or stderr. */
    static String firstLine(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.lines().findFirst().orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static void need(String program, String debian, List<String> missing) {
        if (find(program) == null) missing.add(program + " (Debian: " + debian + ")");
    }

    private static String find(String program) {
        return FOLDERS.stream().map(folder -> Path.of(folder, program)).filter(Files::isExecutable).map(Path::toString)
                .findFirst().orElse(null);
    }
}
