package lb.observe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lb.http.Head;

/**
 * One log line under construction, used again for the next. It grows to what the longest line needed, which is bounded
 * because every piece that a peer chose is cut. Threading: one event loop.
 */
final class Line {
    private static final int START_BYTES = 512;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CUT = "...".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[START_BYTES];
    private int length;

    /** Starts over. */
    Line begin() {
        length = 0;
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Of our own: ASCII without anything to escape. */
    @SuppressWarnings("deprecation") // for what it does to other characters; for these it is one copy and no garbage
    Line add(String text) {
        ensure(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        return this;
    }

    Line add(byte[] text) {
        return add(text, text.length);
    }

    Line add(byte[] text, int count) {
        ensure(count);
        System.arraycopy(text, 0, bytes, length, count);
        length += count;
        return this;
    }

    Line add(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** In decimal. @param number at least 0 */
    Line add(long number) {
        ensure(20);
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) digits++;
        long rest = number;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** Nanoseconds as milliseconds with three decimals, such as {@code 12.034}. */
    Line millis(long nanos) {
        long micros = nanos / NANOS_PER_MICRO;
        add(micros / 1000).add('.');
        int rest = (int) (micros % 1000);
        return add((char) ('0' + rest / 100)).add((char) ('0' + rest / 10 % 10)).add((char) ('0' + rest % 10));
    }

    /** Bytes of a head, escaped. @param limit of bytes taken from it; what is cut is marked by {@code ...} */
    Line escaped(Head head, int start, int end, int limit, Escape escape) {
        int stop = Math.min(end, start + limit);
        for (int i = start; i < stop; i++) {
            byte octet = head.octet(i);
            byte[] instead = escape.of(octet);
            if (instead != null) {
                add(instead);
            } else {
                ensure(1);
                bytes[length++] = octet;
            }
        }
        return stop < end ? add(CUT) : this;
    }

    /** The inside of a JSON string, in ASCII. */
    Line json(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            byte[] instead = c < 256 ? Escape.JSON.of((byte) c) : null;
            if (instead != null) add(instead);
            else if (c < 256) add(c);
            else add("\\u").hex(c >> 12).hex(c >> 8).hex(c >> 4).hex(c);
        }
        return this;
    }

    @Override public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private Line hex(int digit) {
        return add((char) HEX[digit & 15]);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
}
