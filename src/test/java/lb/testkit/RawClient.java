package lb.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A client on a raw socket: sends exactly these bytes, reads strictly, waits no longer than five seconds. What lb must
 * not do ends in an AssertionError; a lost connection where the test needs one is a value, not an exception.
 *
 * <p>Threading: one thread, except that another may write meanwhile.
 */
public final class RawClient implements AutoCloseable {
    /** The longest wait for anything. */
    public static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Socket socket = new Socket();
    private final DeadlineInput input;
    private final BufferedInputStream in;
    private final WireReader reader;

    private RawClient(InetSocketAddress address, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) socket.setReceiveBufferSize(receiveBuffer);
            socket.setTcpNoDelay(true);
            socket.connect(address, (int) DEADLINE.toMillis());
            input = new DeadlineInput(socket);
            in = new BufferedInputStream(input, 8192);
            reader = new WireReader(in);
        } catch (IOException e) {
            throw new AssertionError("no connection to " + address, e);
        }
    }

    /** To this port of the loopback address. */
    public static RawClient connect(int port) {
        return new RawClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }

    /** A client that can take little before it reads. */
    public static RawClient connectWithSmallWindow(int port) {
        return new RawClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 8192);
    }

    /** Writes this text, one byte per char. */
    public RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient send(byte[] bytes) {
        try {
            out().write(bytes);
            return this;
        } catch (IOException e) {
            throw new AssertionError("lb closed while the client was sending", e);
        }
    }

    /** Writes what it can; a peer that has closed meanwhile is no fault. */
    public RawClient trySend(String text) {
        try {
            out().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException closed) {
            // as announced
        }
        return this;
    }

    /** Writes this text in writes of {@code size} bytes. */
    public RawClient sendInFragments(String text, int size) {
        try {
            Fragments.write(out(), text.getBytes(StandardCharsets.ISO_8859_1), size);
            return this;
        } catch (IOException e) {
            throw new AssertionError("lb closed while the client was sending", e);
        }
    }

    public OutputStream out() {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The next response, a 1xx one included; to a request that was neither HEAD nor CONNECT. */
    public Message readResponse() {
        return readResponse("GET");
    }

    /** @param method of the request that is answered */
    public Message readResponse(String method) {
        readResponseHead();
        return readRest(method);
    }

    /** The next response's head; its body stays unread. */
    public Message readResponseHead() {
        return within("a response", () -> {
            if (!reader.responseHead()) throw new EOFException();
            return reader.message(Message.Ending.WHOLE);
        });
    }

    /** The body of the response whose head was read, and the whole message with it. */
    public Message readRest(String method) {
        return within("the rest of a response", () -> reader.rest(method));
    }

    /** All that lb says until it ends the connection, by FIN or by RST. */
    public String readAll() {
        input.until(DEADLINE);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open after " + DEADLINE + ", and said: " + all, e);
        } catch (IOException reset) {
            // an end like any other
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether something can be read at once. */
    public boolean answered() throws IOException {
        return in.available() > 0;
    }

    /** Reads to the end, and says how it ended: CLOSED by FIN, RESET by RST. */
    public Message.Ending readEnding() {
        input.until(DEADLINE);
        try {
            in.readAllBytes();
            return Message.Ending.CLOSED;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open after " + DEADLINE, e);
        } catch (IOException reset) {
            return Message.Ending.RESET;
        }
    }

    /** Fails when a whole response comes; one that ends before its end, or before its start, is as it should be. */
    public void expectTruncated() {
        input.until(DEADLINE);
        try {
            if (reader.responseHead() && reader.rest("GET").whole()) throw new AssertionError("a whole response");
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open after " + DEADLINE, e);
        } catch (IOException lost) {
            // the reset overtook the head
        }
    }

    /** The next bytes, whatever they mean. */
    public byte[] read(int length) {
        return within(length + " bytes", () -> reader.exactly(length));
    }

    /** All bytes until lb ends its direction. */
    public byte[] readToEnd() {
        return within("the end of the connection", in::readAllBytes);
    }

    /** Fails unless lb closes without another byte; FIN and RST are the same here. */
    public void expectClosed() {
        input.until(DEADLINE);
        try {
            int b = in.read();
            if (b >= 0) throw new AssertionError("not closed, but: " + (char) b + rest());
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open after " + DEADLINE, e);
        } catch (IOException reset) {
            // closed all the same
        }
    }

    /** Fails when a byte or the end comes within this time. */
    public void expectNothing(Duration during) {
        input.until(during);
        try {
            int b = in.read();
            throw new AssertionError(b < 0 ? "closed" : "unexpected: " + (char) b + rest());
        } catch (SocketTimeoutException silence) {
            // as expected
        } catch (IOException reset) {
            throw new AssertionError("reset", reset);
        }
    }

    /** Says that nothing more will come; still reads. */
    public RawClient halfClose() {
        return quietly(socket::shutdownOutput);
    }

    /** Leaves with RST instead of FIN. */
    public void reset() {
        quietly(() -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    @Override public void close() {
        quietly(socket::close);
    }

    private String rest() throws IOException {
        return new String(in.readNBytes(in.available()), StandardCharsets.ISO_8859_1);
    }

    private <T> T within(String what, Reading<T> reading) {
        input.until(DEADLINE);
        try {
            return reading.read();
        } catch (SocketTimeoutException e) {
            throw new AssertionError(what + " did not come within " + DEADLINE, e);
        } catch (IOException e) {
            throw new AssertionError("closed before " + what + " came", e);
        }
    }

    private RawClient quietly(Closing closing) {
        try {
            closing.close();
        } catch (IOException e) {
            // the connection is gone already
        }
        return this;
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private interface Closing {
        void close() throws IOException;
    }
}
