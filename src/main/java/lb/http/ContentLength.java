package lb.http;

/** 1*DIGIT and nothing else (RFC 9110 §8.6). Threading: stateless. */
final class ContentLength {
    private static final int MAX_DIGITS = 18;

    private ContentLength() {}

    /** @return 0–10¹⁸-1, or -1 when the value is anything but digits, or too many of them */
    static long parse(Head head, int line) {
        int start = head.valueStart(line);
        int end = head.valueEnd(line);
        if (start == end || end - start > MAX_DIGITS) return -1;
        long length = 0;
        for (int i = start; i < end; i++) {
            if (!Octets.digit(head.bytes[i])) return -1;
            length = length * 10 + head.bytes[i] - '0';
        }
        return length;
    }
}
