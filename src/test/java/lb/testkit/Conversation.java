package lb.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One connection to a {@link ScriptedBackend}, as its script sees it. Used by the connection's thread only. */
public final class Conversation {
    private final Socket socket;
    private final BufferedInputStream in;
    private final WireReader reader;
    private final CountDownLatch ended;
    private final List<Message> log;
    private final int connection;
    private int requests;
    private boolean bodyRead = true;
    private Message request;

    /** @param log gets every request when it has ended */
    Conversation(Socket socket, int connection, List<Message> log, CountDownLatch ended) throws IOException {
        this.socket = socket;
        this.connection = connection;
        this.log = log;
        this.ended = ended;
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 8192);
        reader = new WireReader(in);
    }

    /** The request that is answered; without body and trailers until these were read. */
    public Message request() {
        return request;
    }

    /** Counts the backend's connections, from 1. */
    public int connection() {
        return connection;
    }

    /** Counts the requests of this connection, from 1. */
    public int requestOfConnection() {
        return requests;
    }

    /** Writes this text, one byte per char. */
    public Conversation reply(String text) throws IOException {
        return reply(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Conversation reply(byte[] bytes) throws IOException {
        out().write(bytes);
        return this;
    }

    /** A 200 with this body and its length. */
    public Conversation ok(String body) throws IOException {
        return reply("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Writes this text in writes of {@code size} bytes. */
    public Conversation replyInFragments(String text, int size) throws IOException {
        Fragments.write(out(), text.getBytes(StandardCharsets.ISO_8859_1), size);
        return this;
    }

    public OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** Goes on when the test says so. @throws TimeoutException after 20 seconds */
    public Conversation await(CountDownLatch latch) throws InterruptedException, TimeoutException {
        if (!latch.await(20, TimeUnit.SECONDS)) throw new TimeoutException("the latch was never opened");
        return this;
    }

    /** The next bytes, whatever they mean. */
    public byte[] read(int length) throws IOException {
        return reader.exactly(length);
    }

    /** All bytes to the end of the peer's direction. */
    public byte[] readToEnd() throws IOException {
        return in.readAllBytes();
    }

    /** Reads the request's body in a script that runs on the head. */
    public Message readBody() throws IOException {
        if (!bodyRead) {
            bodyRead = true;
            request = reader.rest(null);
            log.add(request);
        }
        return request;
    }

    /** Never answers; reads on, and so notices when the peer leaves. Returns when it has. */
    public void neverAnswer() throws IOException {
        byte[] ignored = new byte[8192];
        while (in.read(ignored) >= 0) continue;
    }

    /** Neither answers nor reads until the backend closes. */
    public void neverRead() throws IOException, InterruptedException {
        ended.await();
        close();
    }

    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    public void close() throws IOException {
        socket.close();
    }

    /** Ends with RST instead of FIN. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    boolean open() {
        return !socket.isClosed() && !socket.isOutputShutdown();
    }

    boolean nextRequest() throws IOException {
        if (!reader.requestHead()) return false;
        request = reader.message(Message.Ending.WHOLE);
        requests++;
        bodyRead = false;
        return true;
    }
}
