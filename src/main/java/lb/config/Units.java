package lb.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations, sizes, rates and shares as people write them. What the {@code write} methods give reads back to the same
 * value; {@link #show} is for logs and rounds. The reading methods throw {@link IllegalArgumentException} with a
 * sentence for the operator. Threading: stateless.
 */
public final class Units {
    private static final Pattern DURATION = Pattern.compile(
            "(?:(\\d{1,10})d)?(?:(\\d{1,10})h)?(?:(\\d{1,10})m(?!s))?(?:(\\d{1,10})s)?(?:(\\d{1,12})ms)?");
    private static final Pattern DECIMAL_DURATION = Pattern.compile("(\\d{1,9}\\.\\d{1,9})(d|h|m|s|ms)");
    private static final String[] DURATION_UNITS = {"d", "h", "m", "s", "ms"};
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1000, 1};

    private static final Pattern SIZE = Pattern.compile("(\\d{1,16})(B|KB|MB|GB|KiB|MiB|GiB)");
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB"};

    private static final String PER_SECOND = "/s";

    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");

    private Units() {}

    /** For logs: two units at most, the rest cut off: {@code 250ms}, {@code 5s}, {@code 2m10s}, {@code 3d4h}. */
    public static String show(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) return millis + "ms";
        long seconds = millis / 1000;
        if (seconds < 10 && millis % 1000 != 0) return seconds + "." + (millis % 1000) / 100 + "s";
        if (seconds < 60) return seconds + "s";
        if (seconds < 3600) return two(seconds / 60, "m", seconds % 60, "s");
        if (seconds < 86400) return two(seconds / 3600, "h", seconds % 3600 / 60, "m");
        return two(seconds / 86400, "d", seconds % 86400 / 3600, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
    }

    /** Exact to the millisecond: {@code 5s}, {@code 1500ms}, {@code 1h1m1s}. */
    public static String write(Duration duration) {
        long left = duration.toMillis();
        if (left == 0) return "0s";
        if (left % 1000 != 0) return left + "ms";
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < MILLIS.length; i++) {
            if (left >= MILLIS[i]) written.append(left / MILLIS[i]).append(DURATION_UNITS[i]);
            left %= MILLIS[i];
        }
        return written.toString();
    }

    /** {@code 500ms}, {@code 5s}, {@code 1.5s}, {@code 1m}, {@code 2h}, {@code 1d}, {@code 1h30m}. */
    public static Duration duration(String text) {
        Duration read = tryDuration(text);
        if (read != null) return read;
        if (isNumber(text)) throw new IllegalArgumentException(Quoted.of(text) + withoutUnit(text));
        String likely = Spelling.ofDuration(text);
        throw new IllegalArgumentException(Quoted.of(text) + " is not a duration; expected a number of "
                + "ms, s, m, h or d, such as \"5s\"" + didYouMean(tryDuration(likely) == null ? null : likely));
    }

    private static Duration tryDuration(String text) {
        Matcher decimal = DECIMAL_DURATION.matcher(text);
        if (decimal.matches()) {
            BigDecimal unit = BigDecimal.valueOf(millisOf(decimal.group(2)));
            BigDecimal millis = new BigDecimal(decimal.group(1)).multiply(unit);
            boolean whole = millis.stripTrailingZeros().scale() <= 0;
            return whole ? Duration.ofMillis(millis.longValueExact()) : null;
        }
        Matcher parts = DURATION.matcher(text);
        if (text.isEmpty() || !parts.matches()) return null;
        long millis = 0;
        for (int i = 0; i < MILLIS.length; i++) {
            if (parts.group(i + 1) != null) millis += Long.parseLong(parts.group(i + 1)) * MILLIS[i];
        }
        return Duration.ofMillis(millis);
    }

    private static long millisOf(String unit) {
        for (int i = 0; i < MILLIS.length; i++) {
            if (DURATION_UNITS[i].equals(unit)) return MILLIS[i];
        }
        throw new AssertionError(unit);
    }

    /** What follows a bare number where a duration is wanted: {@code  has no unit; write "5s" (or "5ms")}. */
    public static String withoutUnit(String number) {
        return " has no unit; write \"" + number + "s\" (or \"" + number + "ms\")";
    }

    /** Bytes, exact, in the largest of B, KiB, MiB, GiB that is whole: {@code 64KiB}, {@code 1000B}. */
    public static String write(long bytes) {
        int unit = 0;
        while (unit < BINARY.length - 1 && bytes != 0 && bytes % 1024 == 0) {
            bytes /= 1024;
            unit++;
        }
        return bytes + BINARY[unit];
    }

    /** {@code 512B}, {@code 64KiB}, {@code 10MiB}, {@code 1GiB}; KB, MB and GB are powers of ten. */
    public static long size(String text) {
        Long read = trySize(text);
        if (read != null) return read;
        if (isNumber(text)) throw new IllegalArgumentException(Quoted.of(text) + sizeWithoutUnit(text));
        String likely = Spelling.ofSize(text);
        throw new IllegalArgumentException(Quoted.of(text) + " is not a size; expected a whole number of "
                + "B, KiB, MiB or GiB, such as \"64KiB\"" + didYouMean(trySize(likely) == null ? null : likely));
    }

    private static Long trySize(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) return null;
        long unit = switch (size.group(2)) {
            case "KB" -> 1000L;
            case "MB" -> 1_000_000L;
            case "GB" -> 1_000_000_000L;
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            default -> 1L;
        };
        long number = Long.parseLong(size.group(1));
        return number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : number * unit;
    }

    /** What follows a bare number where a size is wanted: {@code  has no unit; write "64KiB" (or "65536B")}. */
    public static String sizeWithoutUnit(String number) {
        Long bytes = trySize(number + "B");
        boolean whole = bytes != null && bytes != 0 && bytes % 1024 == 0;
        return " has no unit; write \"" + (whole ? write(bytes) : number + "KiB") + "\" (or \"" + number + "B\")";
    }

    /** Exact: {@code 10B/s}. @param perSecond bytes */
    public static String writeRate(long perSecond) {
        return write(perSecond) + PER_SECOND;
    }

    /** {@code 10B/s}, {@code 64KiB/s}: a size and {@code /s}. @return bytes a second */
    public static long rate(String text) {
        Long read = text.endsWith(PER_SECOND) ? trySize(text.substring(0, text.length() - 2)) : null;
        if (read != null) return read;
        if (isNumber(text)) throw new IllegalArgumentException(Quoted.of(text) + rateWithoutUnit(text));
        boolean size = trySize(text) != null;
        throw new IllegalArgumentException(Quoted.of(text) + " is not a rate; expected a size a second, such as "
                + "\"10B/s\"" + didYouMean(size ? text + PER_SECOND : null));
    }

    /** What follows a bare number where a rate is wanted: {@code  has no unit; write "10B/s"}. */
    public static String rateWithoutUnit(String number) {
        return " has no unit; write \"" + number + "B/s\"";
    }

    /** Exact: 0.2 is {@code 20%}. @param share 0–1 */
    public static String writeShare(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }

    /** {@code 20%}, {@code 0.5%}. @return 0–1 */
    public static double share(String text) {
        Matcher share = SHARE.matcher(text);
        double read = share.matches() ? new BigDecimal(share.group(1)).movePointLeft(2).doubleValue() : -1;
        if (read >= 0 && read <= 1) return read;
        if (isNumber(text)) throw new IllegalArgumentException(Quoted.of(text) + shareWithoutUnit(text));
        throw new IllegalArgumentException(Quoted.of(text)
                + " is not a share; expected \"0%\"–\"100%\", such as \"20%\"");
    }

    /** What follows a bare number where a share is wanted; up to 1 it is taken for a part of one: 0.2 for 20%. */
    public static String shareWithoutUnit(String number) {
        BigDecimal value = number.length() <= 20 ? new BigDecimal(number) : BigDecimal.TEN;
        boolean part = value.signum() > 0 && value.compareTo(BigDecimal.ONE) <= 0;
        String meant = (part ? value.movePointRight(2) : value).stripTrailingZeros().toPlainString();
        return " has no unit; write \"" + meant + "%\"";
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 15 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String didYouMean(String likely) {
        return likely == null ? "" : "; did you mean \"" + likely + "\"?";
    }
}
