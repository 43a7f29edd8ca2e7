package lb.testkit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A socket's input whose reads together end by a deadline: a peer that trickles bytes does not prolong it. */
final class DeadlineInput extends FilterInputStream {
    private final Socket socket;
    private long deadlineNanos;

    DeadlineInput(Socket socket) throws IOException {
        super(socket.getInputStream());
        this.socket = socket;
    }

    void until(Duration fromNow) {
        deadlineNanos = System.nanoTime() + fromNow.toNanos();
    }

    @Override public int read() throws IOException {
        waitNoLonger();
        return super.read();
    }

    @Override public int read(byte[] bytes, int offset, int length) throws IOException {
        waitNoLonger();
        return super.read(bytes, offset, length);
    }

    private void waitNoLonger() throws IOException {
        long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (left <= 0) throw new SocketTimeoutException("deadline");
        socket.setSoTimeout((int) left);
    }
}
