package lb.filter;

import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import lb.config.route.CompressConfig;
import lb.http.ConnectionOptions;
import lb.http.FieldName;
import lb.http.Framing;
import lb.http.Head;
import lb.proxy.BodyStage;
import lb.proxy.Exchange;
import lb.proxy.Filter;

/**
 * Sends the responses of backends with gzip to clients that accept it. Off unless a route asks for it: where a page
 * holds a secret next to something that an attacker may choose, its compressed size tells about the secret (BREACH,
 * CVE-2013-3587), and whether that is so, only the operator knows.
 *
 * <p>Left alone are responses that have a coding already, are part of something, must not be transformed
 * (RFC 9110 §7.7), carry a digest of their bytes, or are smaller than it is worth. What could be compressed for another
 * client says so in {@code Vary}. An {@code ETag} becomes weak, as it no longer stands for the same bytes; trailers
 * pass as they are.
 *
 * <p>Threading: immutable.
 */
final class Compress implements Filter {
    private static final byte[] CODING = ascii("Content-Encoding: gzip\r\n");
    private static final byte[] VARY = ascii("Vary: Accept-Encoding\r\n");
    private static final byte[] WEAK = ascii("ETag: W/");
    private static final byte[] CRLF = ascii("\r\n");
    private static final String[] DIGESTS = {"content-digest", "repr-digest", "digest", "content-md5"};

    private final MediaTypes types;
    private final long minSize;

    Compress(CompressConfig config) {
        types = new MediaTypes(config.types());
        minSize = config.minSize();
    }

    @Override public BodyStage responseBody(Head head, Exchange exchange) {
        if (!compressible(head)) return null;
        vary(head);
        if (head.framing() == Framing.NONE || !AcceptEncoding.gzip(exchange.request())) return null;
        Deflaters deflaters = Deflaters.ofLoop();
        Deflater deflater = deflaters.acquire();
        if (deflater == null) return null;
        edit(head);
        return new GzipStage(deflaters, deflater, ByteBufAllocator.DEFAULT);
    }

    private boolean compressible(Head head) {
        if (!statusFits(head.status()) || head.contentLength() >= 0 && head.contentLength() < minSize) return false;
        if (head.contentLength() == 0) return false;
        if (head.has(FieldName.CONTENT_ENCODING) || head.has(FieldName.CONTENT_RANGE)) return false;
        return types.contain(head) && !digested(head)
                && !ConnectionOptions.listContains(head, FieldName.CACHE_CONTROL, "no-transform");
    }

    /** RFC 9530: of the content, or of the representation with its coding. */
    private static boolean digested(Head head) {
        for (int line = 0; line < head.count(); line++) {
            if (head.name(line) != FieldName.OTHER) continue;
            for (String digest : DIGESTS) {
                if (head.is(head.nameStart(line), head.nameEnd(line), digest, true)) return true;
            }
        }
        return false;
    }

    /** Those with a body that stands for itself: not 206, not a redirect, not 304. */
    private static boolean statusFits(int status) {
        return switch (status) {
            case 204, 205, 206, 226 -> false;
            default -> status >= 200 && status < 300 || status >= 400;
        };
    }

    /** Also for a client that accepts no gzip: a cache must not give its response to others, nor theirs to it. */
    private static void vary(Head head) {
        int line = head.find(FieldName.VARY, 0);
        boolean there = line >= 0 && !head.removed(line);
        boolean said = there && (ConnectionOptions.listContains(head, FieldName.VARY, "accept-encoding")
                || ConnectionOptions.listContains(head, FieldName.VARY, "*"));
        if (!said) head.append(VARY);
    }

    private static void edit(Head head) {
        head.chunked();
        head.append(CODING);
        head.removeAll(FieldName.ACCEPT_RANGES);
        int etag = head.find(FieldName.ETAG, 0);
        if (etag < 0 || head.removed(etag) || head.octet(head.valueStart(etag)) != '"') return;
        head.removeAll(FieldName.ETAG);
        head.append(WEAK);
        head.appendOwn(head.valueStart(etag), head.valueEnd(etag));
        head.append(CRLF);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
