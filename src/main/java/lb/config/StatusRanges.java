package lb.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A set of HTTP statuses such as {@code 200}, {@code 200-399} or {@code 200-299,404}.
 *
 * @param ranges at least one
 */
public record StatusRanges(List<Range> ranges) {
    /** Both ends included; 100–599. */
    public record Range(int from, int to) {
        public Range {
            Bounds.within("from", from, 100, 599);
            Bounds.within("to", to, from, 599);
        }

        @Override public String toString() {
            return from == to ? "" + from : from + "-" + to;
        }
    }

    public static final StatusRanges DEFAULT = new StatusRanges(List.of(new Range(200, 399)));

    private static final Pattern RANGE = Pattern.compile("([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");
    private static final Pattern CLASS = Pattern.compile("([1-5])[xX]{2}");

    public StatusRanges {
        if (ranges.isEmpty()) throw new IllegalArgumentException("ranges: none (expected: at least one)");
        ranges = List.copyOf(ranges);
    }

    /** @throws IllegalArgumentException with a sentence for the operator */
    public static StatusRanges parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            if (!range.matches()) throw refused(text, part.strip());
            int from = Integer.parseInt(range.group(1));
            int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
            if (to < from) throw refused(text, part.strip());
            ranges.add(new Range(from, to));
        }
        return new StatusRanges(ranges);
    }

    private static IllegalArgumentException refused(String text, String part) {
        Matcher group = CLASS.matcher(part);
        String hint = group.matches() ? "; write \"" + group.group(1) + "00-" + group.group(1) + "99\"" : "";
        return new IllegalArgumentException(Quoted.of(text)
                + " does not fit; expected statuses of 100–599 such as \"200-399\" or \"200,204\"" + hint);
    }

    public boolean contains(int status) {
        for (Range range : ranges) {
            if (status >= range.from && status <= range.to) return true;
        }
        return false;
    }

    @Override public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
    }
}
