package lb.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Guesses what was meant by {@code 5sec}, {@code 5 S} or {@code 64k}; for suggestions only, never for a value. */
final class Spelling {
    private static final Pattern NUMBER_WITH_WORD = Pattern.compile("\\s*(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([a-z]+)\\s*");

    private static final Map<String, String> DURATIONS = Map.ofEntries(
            Map.entry("ms", "ms"), Map.entry("msec", "ms"), Map.entry("millis", "ms"), Map.entry("milliseconds", "ms"),
            Map.entry("s", "s"), Map.entry("sec", "s"), Map.entry("secs", "s"), Map.entry("second", "s"),
            Map.entry("seconds", "s"), Map.entry("m", "m"), Map.entry("min", "m"), Map.entry("mins", "m"),
            Map.entry("minute", "m"), Map.entry("minutes", "m"), Map.entry("h", "h"), Map.entry("hr", "h"),
            Map.entry("hour", "h"), Map.entry("hours", "h"), Map.entry("d", "d"), Map.entry("day", "d"),
            Map.entry("days", "d"));

    private static final Map<String, String> SIZES = Map.ofEntries(
            Map.entry("b", "B"), Map.entry("byte", "B"), Map.entry("bytes", "B"),
            Map.entry("k", "KiB"), Map.entry("kb", "KB"), Map.entry("kib", "KiB"),
            Map.entry("m", "MiB"), Map.entry("mb", "MB"), Map.entry("mib", "MiB"),
            Map.entry("g", "GiB"), Map.entry("gb", "GB"), Map.entry("gib", "GiB"));

    private Spelling() {}

    /** @return the likely spelling, which may still be none; never null */
    static String ofDuration(String text) {
        return rewritten(text, DURATIONS);
    }

    /** @return the likely spelling, which may still be none; never null */
    static String ofSize(String text) {
        return rewritten(text, SIZES);
    }

    private static String rewritten(String text, Map<String, String> units) {
        Matcher parts = NUMBER_WITH_WORD.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) return "";
        String unit = units.get(parts.group(2));
        return unit == null ? "" : parts.group(1) + unit;
    }
}
