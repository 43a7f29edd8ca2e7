package lb.observe;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is appended to, created when it is missing. When it was moved or removed, as logrotate does, the path is
 * opened again: before a write, at most once a second, the path's inode is compared with that of the open file. So no
 * signal is needed, and lines of up to a second go to the moved file. A file that is copied and cut ({@code
 * copytruncate}) goes on at its new end. A pipe is opened whether somebody reads it or not; lines that nobody reads are
 * lost.
 *
 * <p>Threading: one thread.
 */
final class FileTarget implements LogTarget {
    private static final Logger log = LoggerFactory.getLogger(FileTarget.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path path;
    private final LongSupplier nanoClock;
    private LineOutput out;
    private Object inode;
    private long lookedNanos;
    private boolean told;

    FileTarget(Path path) throws IOException {
        this(path, System::nanoTime);
    }

    FileTarget(Path path, LongSupplier nanoClock) throws IOException {
        this.path = path;
        this.nanoClock = nanoClock;
        open();
        lookedNanos = nanoClock.getAsLong();
    }

    @Override public void write(byte[] bytes, int start, int length) throws IOException {
        long now = nanoClock.getAsLong();
        if (now - lookedNanos >= LOOK_NANOS) {
            lookedNanos = now;
            followPath();
        }
        out.write(bytes, start, length);
    }

    @Override public void close() {
        close(out);
    }

    private void followPath() {
        Object there = inode(path);
        if (there != null && there.equals(inode)) return;
        LineOutput moved = out;
        try {
            open();
        } catch (IOException e) {
            // the moved file is better than none
            if (!told) log.warn("access log {} cannot be reopened, still writing to the old file: {}", path, reason(e));
            told = true;
            return;
        }
        told = false;
        close(moved);
    }

    private void open() throws IOException {
        FileOutputStream file = isPipe() ? openPipe() : new FileOutputStream(path.toFile(), true);
        out = new LineOutput(file.getChannel());
        inode = inode(path);
    }

    /** True for devices, too, to which the difference is none. */
    private boolean isPipe() throws IOException {
        return Files.exists(path) && Files.readAttributes(path, BasicFileAttributes.class).isOther();
    }

    /** Alone, opening would wait for somebody who reads, perhaps for ever; without one, writing fails and is told. */
    private FileOutputStream openPipe() throws IOException {
        try (RandomAccessFile reader = new RandomAccessFile(path.toFile(), "rw")) {
            return new FileOutputStream(path.toFile(), true);
        }
    }

    /** What tells files apart whatever their name: device and inode; null when there is none at the path. */
    private static Object inode(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    private static void close(LineOutput file) {
        try {
            file.close();
        } catch (IOException e) {
            log.warn("access log: closing the file failed: {}", reason(e));
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
