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
        return to.equals(AccessLogConfig.STDOUT) ? stream(FileDescriptor.out) : new FileTarget(Path.of(to));
    }

    static LogTarget stderr() {
        return stream(FileDescriptor.err);
    }

    /** A stream of the process, which stays open for others. */
    private static LogTarget stream(FileDescriptor descriptor) {
        // not System.out: it is buffered, locked, and swallows what goes wrong
        OutputStream out = new FileOutputStream(descriptor);
        return new LogTarget() {
            @Override public void write(byte[] bytes, int start, int length) throws IOException {
                out.write(bytes, start, length);
            }

            @Override public void close() {}
        };
    }
}
