package lb.observe;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import lb.config.AccessLogConfig;

/** Where a log goes. Threading: the thread that writes that log. */
interface LogTarget {
    /**
     * Writes whole lines; may block.
     *
     * @throws IOException when an unknown part of them could not be written; later lines may be tried again
     */
    void write(byte[] bytes, int start, int length) throws IOException;

    /** Never fails: whoever closes a log cannot do anything about it any more. */
    void close();

    /**
     * @param to {@link AccessLogConfig#STDOUT} or a file's path
     * @throws IOException when the file cannot be opened
     */
    static LogTarget of(String to) throws IOException {
        return to.equals(AccessLogConfig.STDOUT) ? stdout() : new FileTarget(Path.of(to));
    }

    /** Stays open for others. */
    private static LogTarget stdout() {
        // not System.out: it is buffered, locked, and swallows what goes wrong
        LineOutput out = new LineOutput(new FileOutputStream(FileDescriptor.out).getChannel());
        return staysOpen(out::write);
    }

    /** Stays open for others. Any thread, an interrupted one as well. */
    static LogTarget stderr() {
        OutputStream out = new FileOutputStream(FileDescriptor.err);
        return staysOpen(out::write);
    }

    /** What a stream of the process takes. */
    @FunctionalInterface
    interface Writing {
        void write(byte[] bytes, int start, int length) throws IOException;
    }

    private static LogTarget staysOpen(Writing writing) {
        return new LogTarget() {
            @Override public void write(byte[] bytes, int start, int length) throws IOException {
                writing.write(bytes, start, length);
            }

            @Override public void close() {}
        };
    }
}
