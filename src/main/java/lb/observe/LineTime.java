package lb.observe;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The time of day as log lines show it, in UTC; formatted once a second. Threading: one event loop.
 *
 * <pre>
 * iso     2026-11-22T13:51:05.921Z
 * common  22/Nov/2026:13:51:05 +0000
 * </pre>
 */
final class LineTime {
    private static final DateTimeFormatter ISO = format("yyyy-MM-dd'T'HH:mm:ss.");
    private static final DateTimeFormatter COMMON = format("dd/MMM/yyyy:HH:mm:ss '+0000'");

    private final LongSupplier millisClock;
    private long second = Long.MIN_VALUE;
    private byte[] iso;
    private byte[] common;

    /** @param millisClock since 1970, such as {@code System::currentTimeMillis} */
    LineTime(LongSupplier millisClock) {
        this.millisClock = millisClock;
    }

    void iso(Line line) {
        int millis = (int) Math.floorMod(now(), 1000L);
        line.add(iso).add((char) ('0' + millis / 100)).add((char) ('0' + millis / 10 % 10));
        line.add((char) ('0' + millis % 10)).add('Z');
    }

    void common(Line line) {
        now();
        line.add(common);
    }

    private long now() {
        long now = millisClock.getAsLong();
        long nowSecond = Math.floorDiv(now, 1000L);
        if (nowSecond != second) {
            second = nowSecond;
            Instant instant = Instant.ofEpochSecond(nowSecond);
            iso = ISO.format(instant).getBytes(StandardCharsets.US_ASCII);
            common = COMMON.format(instant).getBytes(StandardCharsets.US_ASCII);
        }
        return now;
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
