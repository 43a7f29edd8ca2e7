package lb.proxy;

import lb.config.HashSource;
import lb.http.FieldName;
import lb.http.Head;
import lb.pool.Hash;

/**
 * What ties a request to a backend: a hash of the part of it that the pool's {@code balance} names, made from the
 * head's bytes as received.
 *
 * <pre>
 * header:X-User    the value of the first such line
 * cookie:session   session=<b>a1b2</b> of the first Cookie line that has it, in quotes or not as it came
 * query:user       /x?a=1&amp;user=<b>7</b>&amp;b=2 of the first that is there, percent signs and all
 * path             <b>/x/y</b>?a=1, without the query
 * clientIp         the client's address; behind trusted proxies, the one that they vouch for
 * </pre>
 *
 * Where the part is missing or empty, the client's address stands in: a first visit without a cookie must go somewhere,
 * and all of them to one backend would be the worst place. Threading: stateless.
 */
public final class Affinity {
    private Affinity() {}

    /**
     * @param source or null: the pool's balancer looks at no request
     * @param client its address as text
     * @return any 64 bits; 0 without a source
     */
    static long of(HashSource source, Head request, byte[] client) {
        if (source == null) return 0;
        long found = part(source, request, Hash.BEGIN);
        return found == Hash.BEGIN ? address(client) : Hash.end(found);
    }

    /**
     * The hash of that part of the request, not ended yet.
     *
     * @param begin where it begins
     * @return {@code begin} where the part is missing or empty, and for an address, which no head is asked for
     */
    public static long part(HashSource source, Head request, long begin) {
        return switch (source.kind()) {
            case HEADER -> header(source.name(), request, begin);
            case COOKIE -> cookie(source.name(), request, begin);
            case QUERY -> query(source.name(), request, begin);
            case PATH -> hash(request, pathStart(request), pathEnd(request), begin);
            case CLIENT_IP -> begin;
        };
    }

    private static long header(String name, Head request, long begin) {
        for (int line = 0; line < request.count(); line++) {
            if (!request.is(request.nameStart(line), request.nameEnd(line), name, true)) continue;
            return hash(request, request.valueStart(line), request.valueEnd(line), begin);
        }
        return begin;
    }

    /** {@code a=1; session=x} (RFC 6265 §4.2.1). */
    private static long cookie(String name, Head request, long begin) {
        for (int line = request.find(FieldName.COOKIE, 0); line >= 0; line = request.find(FieldName.COOKIE, line + 1)) {
            long found = parameter(name, request, request.valueStart(line), request.valueEnd(line), ';', begin);
            if (found != begin) return found;
        }
        return begin;
    }

    private static long query(String name, Head request, long begin) {
        int start = pathEnd(request) + 1;
        return start > request.targetEnd() ? begin : parameter(name, request, start, request.targetEnd(), '&', begin);
    }

    /** Of {@code a=1&b=2} the hash of a value. */
    private static long parameter(String name, Head request, int start, int end, char separator,
            long begin) {
        for (int at = start; at < end; ) {
            int stop = indexOf(separator, request, at, end);
            while (at < stop && request.octet(at) == ' ') at++;
            int equals = indexOf('=', request, at, stop);
            if (equals < stop && request.is(at, equals, name, false)) {
                int last = stop;
                while (last > equals + 1 && request.octet(last - 1) == ' ') last--;
                return hash(request, equals + 1, last, begin);
            }
            at = stop + 1;
        }
        return begin;
    }

    private static long address(byte[] client) {
        long hash = Hash.BEGIN;
        for (byte octet : client) hash = Hash.step(hash, octet);
        return Hash.end(hash);
    }

    /** An absolute-form target begins with scheme and host (RFC 9112 §3.2.2). */
    private static int pathStart(Head request) {
        return request.absolute() ? request.hostEnd() : request.targetStart();
    }

    private static int pathEnd(Head request) {
        return indexOf('?', request, pathStart(request), request.targetEnd());
    }

    /** Where the octet is, or {@code end}. */
    private static int indexOf(char octet, Head request, int start, int end) {
        int at = start;
        while (at < end && request.octet(at) != octet) at++;
        return at;
    }

    /** Not ended yet; of nothing, the beginning. */
    private static long hash(Head request, int start, int end, long begin) {
        long hash = begin;
        for (int i = start; i < end; i++) hash = Hash.step(hash, request.octet(i));
        return hash;
    }
}
