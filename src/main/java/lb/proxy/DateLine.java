package lb.proxy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date field of this second (RFC 9110 §6.6.1), made once a second. Event loop only. */
final class DateLine {
    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private long second = -1;
    private byte[] line;

    /** The whole line with its CRLF; not to be changed. */
    byte[] now() {
        long now = System.currentTimeMillis() / 1000;
        if (now != second) {
            second = now;
            String text = "Date: " + IMF_FIXDATE.format(Instant.ofEpochSecond(now)) + "\r\n";
            line = text.getBytes(StandardCharsets.US_ASCII);
        }
        return line;
    }
}
