package lb.listen;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The bytes that a client, or a backend, of an order sends; now and then with a mistake in them. */
final class WireMessages {
    private static final String BODY = "0123456789abcdef".repeat(64);
    private static final String[] REQUESTS = {
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /more HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1024\r\n\r\n" + BODY,
        "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n400\r\n" + BODY + "\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
        "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n"
    };
    private static final String[] RESPONSES = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 1024\r\n\r\n" + BODY,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n400\r\n" + BODY + "\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.0 200 OK\r\n\r\nup to the close",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nand then " + BODY
    };

    private final byte[] bytes;
    private final List<Boolean> toHead;
    private final boolean spoilt;
    private int sent;

    private WireMessages(byte[] bytes, List<Boolean> toHead, boolean spoilt) {
        this.bytes = bytes;
        this.toHead = toHead;
        this.spoilt = spoilt;
    }

    /** One to four, pipelined. */
    static WireMessages requests(SplittableRandom random) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<Boolean> toHead = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String request = REQUESTS[random.nextInt(REQUESTS.length)];
            toHead.add(request.startsWith("HEAD"));
            all.writeBytes(request.getBytes(StandardCharsets.US_ASCII));
        }
        return spoilt(all.toByteArray(), toHead, random);
    }

    static WireMessages response(SplittableRandom random) {
        String response = RESPONSES[random.nextInt(RESPONSES.length)];
        return spoilt(response.getBytes(StandardCharsets.US_ASCII), List.of(), random);
    }

    private static WireMessages spoilt(byte[] bytes, List<Boolean> toHead, SplittableRandom random) {
        boolean spoilt = random.nextInt(8) == 0;
        if (spoilt) bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return new WireMessages(bytes, toHead, spoilt);
    }

    /** For each request, whether it is a HEAD. */
    List<Boolean> toHead() {
        return toHead;
    }

    boolean spoilt() {
        return spoilt;
    }

    boolean allSent() {
        return sent == bytes.length;
    }

    /** The next bytes; seldom all of them. */
    byte[] next(SplittableRandom random) {
        int most = random.nextInt(3) == 0 ? bytes.length : 40;
        int size = Math.min(bytes.length - sent, 1 + random.nextInt(most));
        byte[] piece = new byte[size];
        System.arraycopy(bytes, sent, piece, 0, size);
        sent += size;
        return piece;
    }
}
