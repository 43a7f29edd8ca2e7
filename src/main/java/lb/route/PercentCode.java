package lb.route;

import lb.http.Head;

/** Octets that are written as {@code %41} (RFC 3986 §2.1). Threading: stateless. */
final class PercentCode {
    private PercentCode() {}

    /** What stands for an octet at {@code at}: 0–255, or -1 where it is no percent sign with two digits. */
    static int octet(byte[] text, int at) {
        return text[at] == '%' && at + 2 < text.length ? octet(text[at + 1], text[at + 2]) : -1;
    }

    /** The same in a head, before {@code end}. */
    static int octet(Head head, int at, int end) {
        return head.octet(at) == '%' && at + 2 < end ? octet(head.octet(at + 1), head.octet(at + 2)) : -1;
    }

    private static int octet(byte high, byte low) {
        int first = Character.digit(high, 16);
        int second = Character.digit(low, 16);
        return first < 0 || second < 0 ? -1 : first << 4 | second;
    }
}
