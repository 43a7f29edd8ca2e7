package lb;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the config file, however it is written: in place, by rename, by a symlink's swap, even with the same size and
 * time. Attributes are compared {@value #POLL_MILLIS} ms apart and bytes once a second; a change counts when two reads
 * {@value #SETTLE_MILLIS} ms apart agree, because editors write in steps.
 *
 * <p>Threading: control thread. Reading blocks it for as long as a small local file takes; what is no regular file is
 * not opened.
 */
final class ConfigFile {
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(ConfigFile.class);
    private static final long POLL_MILLIS = 200;
    private static final long SETTLE_MILLIS = 100;
    private static final int POLLS_PER_READ = 5;

    private final Path path;
    private final ScheduledExecutorService control;
    private final Consumer<byte[]> changed;
    private final Consumer<String> lost;
    /** Null once the file could not be read: what comes back is told, whatever it is. */
    private byte[] taken;
    private byte[] candidate;
    private Object attributes;
    private int polls;
    private boolean unreadable;

    /**
     * @param taken   what runs already
     * @param changed gets every other content once, and again what comes back after it could not be read; what it
     *                throws is logged and forgotten
     * @param lost    gets the reason, in plain words, when the file cannot be read any more
     */
    ConfigFile(Path path, byte[] taken, ScheduledExecutorService control, Consumer<byte[]> changed,
            Consumer<String> lost) {
        this.path = path;
        this.taken = taken;
        this.control = control;
        this.changed = changed;
        this.lost = lost;
        attributes = attributes();
    }

    /** The bytes of a file that is not too large to be a config. */
    static byte[] read(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) throw new IOException("larger than " + MAX_BYTES / 1024 / 1024 + " MiB");
            return bytes;
        }
    }

    /** The message of an I/O error without the name of its class, where it says enough alone. */
    static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "no such file"
                : e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
    }

    void start() {
        control.schedule(this::poll, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes what is there now, without waiting for a second read; also when it is what runs already. Says why when it
     * cannot, also when it did before: somebody asked.
     */
    void readNow() {
        unreadable = false;
        byte[] bytes = tryRead();
        if (bytes != null) take(bytes);
    }

    private void poll() {
        long next = POLL_MILLIS;
        try {
            next = look();
        } catch (RuntimeException | Error e) {
            log.error("watching {} failed, going on", path, e);
        }
        control.schedule(this::poll, next, TimeUnit.MILLISECONDS);
    }

    private long look() {
        Object now = attributes();
        boolean due = ++polls % POLLS_PER_READ == 0;
        if (candidate == null && !due && now != null && now.equals(attributes)) return POLL_MILLIS;
        attributes = now;
        byte[] bytes = tryRead();
        if (bytes == null || Arrays.equals(bytes, taken)) {
            candidate = null;
            return POLL_MILLIS;
        }
        if (!Arrays.equals(bytes, candidate)) {
            candidate = bytes;
            return SETTLE_MILLIS;
        }
        take(bytes);
        return POLL_MILLIS;
    }

    private void take(byte[] bytes) {
        candidate = null;
        taken = bytes;
        changed.accept(bytes);
    }

    private byte[] tryRead() {
        try {
            // to open a pipe without a writer would hold the control thread up for ever
            if (Files.exists(path) && !Files.isRegularFile(path)) throw new IOException("not a regular file");
            byte[] bytes = read(path);
            unreadable = false;
            return bytes;
        } catch (IOException e) {
            if (!unreadable) {
                log.error("config {} cannot be read, the running configuration is unchanged: {}", path, reason(e));
                lost.accept(reason(e));
            }
            unreadable = true;
            taken = null;
            return null;
        }
    }

    /** What tells one version of the file from another without reading it, or null. */
    private Object attributes() {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return Arrays.asList(found.fileKey(), found.size(), found.lastModifiedTime());
        } catch (IOException e) {
            return null;
        }
    }
}
