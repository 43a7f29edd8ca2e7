package lb.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this runs on. */
final class Machine {
    private Machine() {}

    static String describe() {
        int cores = Runtime.getRuntime().availableProcessors();
        return model() + ", " + cores + (cores == 1 ? " core" : " cores") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version");
    }

    private static String model() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                if (line.startsWith("model name")) return line.substring(line.indexOf(':') + 1).strip();
            }
        } catch (IOException e) {
            // not Linux, or a processor that has no such line
        }
        return System.getProperty("os.arch");
    }
}
