package lb.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The process and what it did so far, at one moment; listeners and pools have views of their own. Immutable.
 *
 * @param name       {@code lb}
 * @param version    of lb
 * @param java       version of the Java that runs it
 * @param netty      version
 * @param transport  {@code io_uring}, {@code epoll} or {@code nio}
 * @param pid        of the process
 * @param started    when
 * @param uptime     since then, by the monotonic clock
 * @param generation 1 for the config of the start, one more with each reload that was taken over
 * @param lastReload or null before the first
 */
public record StatusView(
        String name,
        String version,
        String java,
        String netty,
        String transport,
        long pid,
        Instant started,
        Duration uptime,
        long generation,
        ConfigFile config,
        Reload lastReload,
        Clients clients,
        Exchanges exchanges,
        Logs logs,
        MemoryView memory) {

    /**
     * The running config.
     *
     * @param path     of its file, or null when it came from the command line
     * @param hash     of its bytes, in hex; or null with the path
     * @param loadedAt when it was taken over
     */
    public record ConfigFile(String path, String hash, Instant loadedAt) {}

    /** @param problems why it was refused; empty when it was not */
    public record Reload(Instant at, boolean ok, List<String> problems) {}

    /**
     * @param connected now
     * @param limit     of those
     * @param refused   ever, because of the limit
     */
    public record Clients(int connected, int limit, long refused) {}

    /**
     * @param active   now
     * @param total    ended ever
     * @param byCause  how many ended by which failure; causes that never came may be missing
     * @param byStatus how many per class, such as {@code 2xx}
     */
    public record Exchanges(int active, long total, Map<String, Long> byCause, Map<String, Long> byStatus) {}

    /** Records that were never written because their target was too slow. */
    public record Logs(long accessDropped, long programDropped) {}
}
