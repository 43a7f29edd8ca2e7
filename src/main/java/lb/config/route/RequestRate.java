package lb.config.route;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lb.config.Bounds;
import lb.config.Quoted;

/**
 * How often: {@code 100/s}, {@code 60/m} or {@code 1000/h}.
 *
 * @param requests in each period; 1–1,000,000
 * @param period   a second, a minute or an hour
 */
public record RequestRate(int requests, Duration period) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Pattern RATE = Pattern.compile("(\\d{1,7})/([smh])");
    private static final Pattern NEARLY =
            Pattern.compile("\\s*(\\d{1,7})\\s*(?:/|per|r/|req/)\\s*([smh])[a-z]*\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");

    public RequestRate {
        Bounds.within("requests", requests, 1, RateLimitConfig.MOST);
        if (!period.equals(SECOND) && !period.equals(MINUTE) && !period.equals(HOUR)) {
            throw new IllegalArgumentException("period: " + period + " (expected: a second, a minute or an hour)");
        }
    }

    /** @throws IllegalArgumentException with a sentence for the operator */
    public static RequestRate parse(String text) {
        Matcher rate = RATE.matcher(text);
        if (rate.matches()) {
            int requests = Integer.parseInt(rate.group(1));
            if (requests >= 1 && requests <= RateLimitConfig.MOST) {
                return new RequestRate(requests, period(rate.group(2)));
            }
            throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected 1–"
                    + RateLimitConfig.MOST + " in a second, a minute or an hour");
        }
        if (NUMBER.matcher(text).matches()) throw new IllegalArgumentException(Quoted.of(text) + withoutUnit(text));
        throw new IllegalArgumentException(Quoted.of(text) + " is not a rate; expected such as \"100/s\", \"60/m\" or "
                + "\"1000/h\"" + didYouMean(NEARLY.matcher(text)));
    }

    private static String didYouMean(Matcher nearly) {
        if (!nearly.matches()) return "";
        return "; did you mean \"" + nearly.group(1) + "/" + nearly.group(2).toLowerCase(Locale.ROOT) + "\"?";
    }

    /** What follows a bare number where a rate is wanted: {@code  has no unit; write "100/s" (or "100/m")}. */
    public static String withoutUnit(String number) {
        return " has no unit; write \"" + number + "/s\" (or \"" + number + "/m\")";
    }

    private static Duration period(String letter) {
        return switch (letter) {
            case "s" -> SECOND;
            case "m" -> MINUTE;
            default -> HOUR;
        };
    }

    /** As it stands in the file. */
    @Override public String toString() {
        return requests + "/" + (period.equals(SECOND) ? "s" : period.equals(MINUTE) ? "m" : "h");
    }
}
