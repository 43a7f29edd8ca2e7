package lb.http;

/**
 * What belongs to one connection only and is never passed on (RFC 9110 §7.6.1). The framing lines are among them: both
 * sides get their own. Threading: stateless.
 */
public final class HopByHop {
    private static final long ALWAYS = bits(FieldName.CONNECTION, FieldName.KEEP_ALIVE, FieldName.PROXY_CONNECTION,
            FieldName.TE, FieldName.UPGRADE, FieldName.HTTP2_SETTINGS, FieldName.TRANSFER_ENCODING,
            FieldName.CONTENT_LENGTH, FieldName.UNDERSCORED);
    private static final long RESPONSE = ALWAYS & ~bits(FieldName.UNDERSCORED);

    private HopByHop() {}

    public static void removeFromRequest(Head head) {
        remove(head, ALWAYS);
    }

    public static void removeFromResponse(Head head) {
        remove(head, RESPONSE);
    }

    private static void remove(Head head, long names) {
        if (head.has(FieldName.CONNECTION)) ConnectionOptions.removeNominated(head);
        if (!head.hasAny(names)) return;
        for (int i = 0; i < head.count(); i++) {
            if ((names & 1L << head.name(i).ordinal()) != 0) head.remove(i);
        }
    }

    static long bits(FieldName... names) {
        long bits = 0;
        for (FieldName name : names) bits |= 1L << name.ordinal();
        return bits;
    }
}
