package lb.http;

/**
 * What a whole request head must fulfil before anybody acts on it: one valid host, a target of a known form, a framing
 * that no two parsers can read differently (RFC 9112 §3.2, §6). Threading: stateless.
 */
final class RequestRules {
    private RequestRules() {}

    /** Completes the head's host, path and framing. @return what is wrong with it, or null */
    static Failure check(Head head) {
        Failure bad = host(head);
        if (bad == null) bad = target(head);
        return bad == null ? framing(head) : bad;
    }

    private static Failure host(Head head) {
        int line = head.find(FieldName.HOST, 0);
        if (line < 0) return head.minor == 0 ? null : Failure.REQUEST_HOST;
        if (head.find(FieldName.HOST, line + 1) >= 0) return Failure.REQUEST_HOST;
        head.hostStart = head.valueStart(line);
        head.hostEnd = head.valueEnd(line);
        return Authority.valid(head.bytes, head.hostStart, head.hostEnd) ? null : Failure.REQUEST_HOST;
    }

    /** origin-form, absolute-form (its authority wins over Host), asterisk-form of OPTIONS; CONNECT is refused. */
    private static Failure target(Head head) {
        byte[] bytes = head.bytes;
        head.pathStart = head.targetStart;
        head.pathEnd = head.targetEnd;
        if (head.methodIs("CONNECT")) return Failure.REQUEST_CONNECT;
        if (bytes[head.targetStart] == '/') return null;
        if (bytes[head.targetStart] == '*') {
            return head.targetIs("*") && head.methodIs("OPTIONS") ? null : Failure.REQUEST_TARGET;
        }
        int start = afterScheme(head);
        if (start < 0) return Failure.REQUEST_TARGET;
        int end = start;
        while (end < head.targetEnd && bytes[end] != '/' && bytes[end] != '?') end++;
        if (!Authority.valid(bytes, start, end)) return Failure.REQUEST_TARGET;
        head.absolute = true;
        head.hostStart = start;
        head.hostEnd = end;
        head.pathStart = end;
        if (end == head.targetEnd) {
            // RFC 9112 §3.2.4: an OPTIONS without a path is for the whole server, which origin-form writes as "*"
            head.pathLead = (byte) (head.methodIs("OPTIONS") ? '*' : '/');
        } else if (bytes[end] == '?') {
            head.pathLead = '/';
        }
        return null;
    }

    private static int afterScheme(Head head) {
        for (String scheme : new String[] {"http://", "https://"}) {
            int end = head.targetStart + scheme.length();
            if (end < head.targetEnd && head.is(head.targetStart, end, scheme, true)) return end;
        }
        return -1;
    }

    private static Failure framing(Head head) {
        int te = head.find(FieldName.TRANSFER_ENCODING, 0);
        if (te >= 0) {
            if (head.minor == 0) return Failure.REQUEST_TE;
            if (head.has(FieldName.CONTENT_LENGTH)) return Failure.REQUEST_CL_TE;
            if (head.find(FieldName.TRANSFER_ENCODING, te + 1) >= 0) return Failure.REQUEST_TE;
            if (!head.valueIs(te, "chunked")) {
                return unknownCoding(head, te) ? Failure.REQUEST_TE_UNKNOWN : Failure.REQUEST_TE;
            }
            head.framing = Framing.CHUNKED;
            return null;
        }
        int cl = head.find(FieldName.CONTENT_LENGTH, 0);
        if (cl < 0) return null;
        head.contentLength = ContentLength.parse(head, cl);
        if (head.contentLength < 0 || head.find(FieldName.CONTENT_LENGTH, cl + 1) >= 0) return Failure.REQUEST_CL;
        head.framing = Framing.LENGTH;
        return null;
    }

    /** A list of well-formed codings whose last, and no other, is chunked: legal, but more than lb decodes (§6.1). */
    private static boolean unknownCoding(Head head, int line) {
        int end = head.valueEnd(line);
        for (int at = head.valueStart(line);;) {
            int stop = ConnectionOptions.memberEnd(head, at, end);
            int from = ConnectionOptions.trimStart(head, at, stop);
            int to = ConnectionOptions.trimEnd(head, from, stop);
            boolean chunked = head.is(from, to, "chunked", true);
            if (stop == end) return chunked;
            if (chunked || !token(head.bytes, from, to)) return false;
            at = stop + 1;
        }
    }

    private static boolean token(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Octets.token(bytes[i])) return false;
        }
        return from < to;
    }
}
