package lb.config.file;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import lb.config.Quoted;
import lb.config.RetryConfig;
import lb.config.Timeouts;

/** Reads {@code retry}: an object, or false. */
final class RetryReading {
    private static final Map<String, String> LOSSES = Words.themselves(List.of("connect", "reset", "timeout"));
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final String EXPECTED = "\"connect\", \"reset\", \"timeout\", \"429\" or \"500\"–\"599\"";

    private final Values values;

    RetryReading(Values values) {
        this.values = values;
    }

    /** @return null after a problem */
    RetryConfig read(Node node, RetryConfig base) {
        return read(node, base, Shape.RETRY);
    }

    /** Of a route, whose budget is the pool's: in the record it is always the default. @return null after a problem */
    RetryConfig ofRoute(Node node, RetryConfig base) {
        return read(node, base, Shape.ROUTE_RETRY);
    }

    private RetryConfig read(Node node, RetryConfig base, Shape shape) {
        if (node.isFalse()) return RetryConfig.NEVER;
        if (!node.is(Node.Kind.OBJECT)) return values.wrong(node, "an object such as { \"attempts\": 2 }, or false");
        Fields fields = new Fields(node, shape, values);
        RetryConfig from = base.equals(RetryConfig.NEVER) ? RetryConfig.DEFAULT : base;
        Set<String> on = fields.read("on", new TreeSet<>(from.on()), this::on);
        Set<Integer> statuses = new TreeSet<>();
        for (String word : on) {
            if (!LOSSES.containsKey(word)) statuses.add(Integer.valueOf(word));
        }
        return new RetryConfig(
                fields.whole("attempts", from.attempts(), 1, RetryConfig.MAX_ATTEMPTS),
                on.contains("connect"),
                on.contains("reset"),
                on.contains("timeout"),
                statuses,
                fields.duration("within", from.within(), Timeouts.MAX),
                shape == Shape.RETRY ? fields.read("budget", from.budget(), values::share)
                        : RetryConfig.DEFAULT.budget());
    }

    private Set<String> on(Node node) {
        if (!node.is(Node.Kind.LIST) || node.items().isEmpty()) {
            return values.wrong(node, "a list such as [\"connect\", \"reset\"]; \"retry\": false turns it off");
        }
        Set<String> words = new TreeSet<>();
        for (Node each : node.items()) {
            String word = values.parsed(each, EXPECTED, RetryReading::word);
            if (word != null) words.add(word);
        }
        return words;
    }

    private static String word(String text) {
        boolean status = text.length() == 3 && NUMBER.matcher(text).matches()
                && RetryConfig.mayList(Integer.parseInt(text));
        if (status || LOSSES.containsKey(text)) return text;
        throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected " + EXPECTED
                + Nearest.hint(text, LOSSES.keySet()));
    }
}
