package lb.filter;

import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import lb.config.route.CompressConfig;
import lb.config.route.FieldEdits;
import lb.http.ConnectionOptions;
import lb.http.FieldName;
import lb.http.Framing;
import lb.http.Head;
import lb.http.NamedLines;
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
 * client says so in {@code Vary}. An {@code ETag} becomes weak, as it no longer stands for the same bytes, and a
 * strong one by the operator is left out; trailers pass as they are. The head of what has no body, to a HEAD or as a
 * 304, says what that of a GET would (RFC 9110 §9.3.2 and §15.4.5).
 *
 * <p>Threading: immutable.
 */
final class Compress implements Filter {
    private static final int PARTIAL = 206;
    private static final int NOT_MODIFIED = 304;
    private static final byte[] CODING = ascii("Content-Encoding: gzip\r\n");
    private static final byte[] VARY = ascii("Vary: Accept-Encoding\r\n");
    private static final String[] DIGESTS = {"content-digest", "repr-digest", "digest", "content-md5"};

    private final MediaTypes types;
    private final long minSize;
    /** The operator gives responses a strong ETag. */
    private final boolean tagEdited;

    /** @param edits of the responses, which are done before */
    Compress(CompressConfig config, FieldEdits edits) {
        types = new MediaTypes(config.types());
        minSize = config.minSize();
        tagEdited = values(edits, "etag").anyMatch(tag -> !tag.startsWith("W/"));
    }

    /** Whether the operator has responses say {@code no-transform}. */
    static boolean forbidden(FieldEdits edits) {
        return values(edits, "cache-control").anyMatch(
                value -> value.toLowerCase(Locale.ROOT).contains("no-transform"));
    }

    /** What is set or added under a name. */
    private static Stream<String> values(FieldEdits edits, String name) {
        return Stream.of(edits.set(), edits.add()).flatMap(fields -> fields.entrySet().stream())
                .filter(field -> field.getKey().equalsIgnoreCase(name)).map(field -> field.getValue().toString());
    }

    @Override public BodyStage responseBody(Head head, Exchange exchange) {
        if (!transformable(head)) return null;
        Head request = exchange.request();
        if (head.status() == NOT_MODIFIED) {
            notModified(head, request);
            return null;
        }
        if (!types.contain(head)) return null;
        if (head.status() == PARTIAL) vary(head);
        if (!worthIt(head)) return null;
        vary(head);
        // RFC 9111 §5.2.1.6: a client may forbid it, too
        if (forbidden(request) || !AcceptEncoding.gzip(request)) return null;
        if (head.framing() == Framing.NONE) {
            edit(head);
            return null;
        }
        Deflaters deflaters = Deflaters.ofLoop();
        Deflater deflater = deflaters.acquire();
        if (deflater == null) return null;
        edit(head);
        return new GzipStage(deflaters, deflater, ByteBufAllocator.DEFAULT);
    }

    private static boolean transformable(Head head) {
        return !head.has(FieldName.CONTENT_ENCODING) && !digested(head) && !forbidden(head);
    }

    private static boolean forbidden(Head head) {
        return ConnectionOptions.listContains(head, FieldName.CACHE_CONTROL, "no-transform");
    }

    private boolean worthIt(Head head) {
        boolean small = head.contentLength() >= 0 && head.contentLength() < minSize || head.contentLength() == 0;
        return !small && statusFits(head.status()) && !head.has(FieldName.CONTENT_RANGE);
    }

    /** Mostly it says no type, so that it stands for a response that may have been compressed. */
    private void notModified(Head head, Head request) {
        if (head.has(FieldName.CONTENT_TYPE) && !types.contain(head)) return;
        vary(head);
        if (EntityTag.askedForWeakly(head, request)) EntityTag.weaken(head);
    }

    /** RFC 9530: of the content, or of the representation with its coding; also where it will come as a trailer. */
    private static boolean digested(Head head) {
        if (head.has(FieldName.TRAILER)) {
            for (String digest : DIGESTS) {
                if (ConnectionOptions.listContains(head, FieldName.TRAILER, digest)) return true;
            }
        }
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

    private void edit(Head head) {
        head.chunked();
        head.append(CODING);
        head.removeAll(FieldName.ACCEPT_RANGES);
        if (tagEdited) NamedLines.removeAll(head, "etag");
        else EntityTag.weaken(head);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
