package lb.http;

/** The comma-separated options of the Connection field (RFC 9110 §7.6.1). Threading: stateless. */
public final class ConnectionOptions {
    private ConnectionOptions() {}

    /** @param option in lower case */
    public static boolean contains(Head head, String option) {
        return listContains(head, FieldName.CONNECTION, option);
    }

    /** True when a list-valued field of that name has the member. @param member in lower case */
    public static boolean listContains(Head head, FieldName name, String member) {
        for (int line = head.find(name, 0); line >= 0; line = head.find(name, line + 1)) {
            int end = head.valueEnd(line);
            for (int at = head.valueStart(line); at < end;) {
                int stop = memberEnd(head, at, end);
                int from = trimStart(head, at, stop);
                int to = trimEnd(head, from, stop);
                if (Octets.equalsIgnoreCase(head.bytes, from, to, member)) return true;
                at = stop + 1;
            }
        }
        return false;
    }

    /** Whether the sender of this head keeps its connection (RFC 9112 §9.3). */
    public static boolean persistent(Head head) {
        if (!head.has(FieldName.CONNECTION)) return head.minor() == 1;
        if (contains(head, "close")) return false;
        return head.minor() == 1 || contains(head, "keep-alive");
    }

    /**
     * Marks the lines removed that Connection nominates, except those that are the proxy's or the origin's to keep: a
     * client must not be able to take away what frames the message or says who is asking.
     */
    static void removeNominated(Head head) {
        int line = -1;
        while ((line = head.find(FieldName.CONNECTION, line + 1)) >= 0) {
            int end = head.valueEnd(line);
            for (int at = head.valueStart(line); at < end;) {
                int stop = memberEnd(head, at, end);
                int from = trimStart(head, at, stop);
                int to = trimEnd(head, from, stop);
                if (to > from) removeLines(head, from, to);
                at = stop + 1;
            }
        }
    }

    private static void removeLines(Head head, int from, int to) {
        if (FieldName.lookup(head.bytes, from, to) != FieldName.OTHER || EndToEnd.named(head, from, to)) return;
        for (int i = 0; i < head.count(); i++) {
            if (head.name(i) != FieldName.OTHER || head.nameEnd(i) - head.nameStart(i) != to - from) continue;
            boolean same = true;
            for (int k = 0; same && k < to - from; k++) {
                same = Octets.lower(head.bytes[head.nameStart(i) + k]) == Octets.lower(head.bytes[from + k]);
            }
            if (same) head.remove(i);
        }
    }

    /** Where the list member that begins at {@code at} ends: at a comma, or at the end of the value. */
    static int memberEnd(Head head, int at, int end) {
        while (at < end && head.bytes[at] != ',') at++;
        return at;
    }

    static int trimStart(Head head, int from, int to) {
        while (from < to && (head.bytes[from] == Octets.SP || head.bytes[from] == Octets.HTAB)) from++;
        return from;
    }

    static int trimEnd(Head head, int from, int to) {
        while (to > from && (head.bytes[to - 1] == Octets.SP || head.bytes[to - 1] == Octets.HTAB)) to--;
        return to;
    }
}
