package lb.http;

/** What a whole response head must fulfil, as strictly as a request (RFC 9112 §6.3). Threading: stateless. */
final class ResponseRules {
    private ResponseRules() {}

    /**
     * Completes the head's framing.
     *
     * @param toHead the request was a HEAD
     * @return what is wrong with it, or null
     */
    static Failure check(Head head, boolean toHead) {
        int te = head.find(FieldName.TRANSFER_ENCODING, 0);
        int cl = head.find(FieldName.CONTENT_LENGTH, 0);
        if (te >= 0) {
            if (head.minor == 0 || cl >= 0 || head.find(FieldName.TRANSFER_ENCODING, te + 1) >= 0
                    || !head.valueIs(te, "chunked")) {
                return Failure.BAD_RESPONSE;
            }
        } else if (cl >= 0) {
            head.contentLength = ContentLength.parse(head, cl);
            if (head.contentLength < 0 || head.find(FieldName.CONTENT_LENGTH, cl + 1) >= 0) return Failure.BAD_RESPONSE;
        }
        int status = head.status;
        if (toHead || status < 200 || status == 204 || status == 304) {
            // RFC 9112 §6.3: such a response ends with its head, whatever its length fields say
            head.framing = Framing.NONE;
        } else {
            head.framing = te >= 0 ? Framing.CHUNKED : cl >= 0 ? Framing.LENGTH : Framing.UNTIL_CLOSE;
        }
        return null;
    }
}
