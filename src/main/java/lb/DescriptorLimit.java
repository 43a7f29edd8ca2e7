package lb;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files and sockets the system lets this process have. Any thread. */
final class DescriptorLimit {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String NAME = "Max open files";
    /** Where the system does not tell. */
    private static final long UNKNOWN = 65_536;
    /** Files, the log, the admin listener, probes. */
    private static final int OWN = 64;
    private static final int LEAST = 16;

    private DescriptorLimit() {}

    static long max() {
        try {
            // the management bean knows it as well, but costs a start 15 ms
            for (String line : Files.readAllLines(LIMITS)) {
                if (line.startsWith(NAME)) return soft(line);
            }
        } catch (IOException | NumberFormatException e) {
            // another system than Linux, or a limit that is none
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() : UNKNOWN;
    }

    /** {@code Max open files            1024                 1048576              files} */
    private static long soft(String line) {
        return Long.parseLong(line.substring(NAME.length()).strip().split(" ", 2)[0]);
    }

    static long open() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount() : -1;
    }

    /**
     * Clients that may be connected at the same time.
     *
     * @param wanted by the operator, who may use the backends' share up, but not what lb itself needs; 0 for what is
     *               best
     */
    static int clients(int wanted) {
        return wanted == 0 ? clients() : (int) Math.min(wanted, Math.max(LEAST, usable()));
    }

    /**
     * Clients that may be connected at the same time: 90 % of the limit, less what lb itself needs and a quarter for
     * connections to backends, which are shared by clients that come and go.
     */
    private static int clients() {
        return (int) Math.max(LEAST, Math.min(usable() - max() / 4, Integer.MAX_VALUE));
    }

    /**
     * Connections to backends that may be kept unused, over all backends: half of their share, so that those which are
     * needed always find room.
     */
    static int kept() {
        return (int) Math.max(LEAST, Math.min(max() / 8, Integer.MAX_VALUE));
    }

    private static long usable() {
        return max() * 9 / 10 - OWN;
    }
}
