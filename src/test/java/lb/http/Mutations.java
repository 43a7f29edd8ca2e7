package lb.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils messages: a seed gives the same ones again. */
final class Mutations {
    /** What parsers stumble over. */
    private static final String[] PIECES = {
        "\r", "\n", "\r\n", "\r\n\r\n", "\n\n", "\0", " ", "\t", "\u000b", "\u007f", "\u0080", "\u00ff", ":", ";",
        ",", "\"", "\\", "_", "0", "1", "5", "f", "+", "-", "0x", "000000000000000", "ffffffffffffffff",
        "99999999999999999999", "Content-Length: 5\r\n", "Content-Length: 6\r\n", "Content-Length: 0\r\n",
        "content-length:", "Content_Length: 1\r\n", "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: identity\r\n", "Transfer-Encoding : chunked\r\n",
        "transfer_encoding: chunked\r\n", "chunked", "Connection: close, X-A\r\n",
        "Connection: content-length, host\r\n", "Host: b\r\n", "Host: a@b\r\n", " folded\r\n", "X-A: b\r\n",
        "HTTP/1.0", "HTTP/1.1", "HTTP/1.2", "GET ", "HEAD ", "OPTIONS ", "CONNECT ", "* ", "http://b/", "http://b?",
        "//", "#", "%00", "[::1]:80", "100 Continue\r\n\r\nHTTP/1.1 ", "204 ", "304 ", "101 ", "0\r\n\r\n",
        "5\r\nhello\r\n", "1;a=\"b\"\r\n", "Trailer: X-A\r\n", "TE: trailers\r\n", "Upgrade: x\r\n",
        "Expect: 100-continue\r\n"
    };

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    /** One to three changes to one of these messages. */
    byte[] next(List<byte[]> good) {
        byte[] bytes = good.get(random.nextInt(good.size()));
        for (int i = random.nextInt(3); i >= 0; i--) bytes = once(bytes, good);
        return bytes;
    }

    /** Cuts at random places; new ones at each call. */
    Transcript.Cut cut() {
        int most = 1 + random.nextInt(40);
        return (start, length) -> Math.min(length, start + 1 + random.nextInt(most));
    }

    private byte[] once(byte[] bytes, List<byte[]> good) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + 1 + random.nextInt(8));
        return switch (random.nextInt(8)) {
            case 0 -> replaced(bytes, at, Math.min(at + 1, bytes.length), new byte[] {(byte) random.nextInt(256)});
            case 1 -> replaced(bytes, at, Math.min(at + 1, bytes.length), flipped(bytes, at));
            case 2 -> replaced(bytes, at, to, new byte[0]);
            case 3 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
            case 4, 5 -> replaced(bytes, at, at, piece());
            case 6 -> replaced(bytes, at, to, piece());
            default -> spliced(bytes, at, good.get(random.nextInt(good.size())));
        };
    }

    private byte[] piece() {
        return PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] flipped(byte[] bytes, int at) {
        return at == bytes.length ? new byte[0] : new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))};
    }

    private byte[] spliced(byte[] bytes, int at, byte[] other) {
        return replaced(bytes, at, bytes.length,
                Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] with) {
        byte[] result = new byte[bytes.length - (to - from) + with.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(with, 0, result, from, with.length);
        System.arraycopy(bytes, to, result, from + with.length, bytes.length - to);
        return result;
    }
}
