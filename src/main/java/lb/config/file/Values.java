package lb.config.file;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import lb.config.Quoted;
import lb.config.Units;
import lb.config.route.RequestRate;

/**
 * Turns single nodes into values. Each method gives null after noting a problem, so that reading goes on and finds the
 * rest. The type of the token counts: {@code 5} is never {@code "5"}.
 */
final class Values {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,10}");
    private static final int LONGEST_NUMBER = 20;
    private static final Pattern SHORT_NUMBER = Pattern.compile("[0-9.-]{1,20}([eE][+-]?[0-9]{1,2})?");

    private final Problems problems;
    private final Lookups lookups;

    Values(Problems problems, Lookups lookups) {
        this.problems = problems;
        this.lookups = lookups;
    }

    Problems problems() {
        return problems;
    }

    /** Notes that a value is of the wrong type. @param expected such as {@code a path or false} @return null */
    <T> T wrong(Node node, String expected) {
        problems.add(node, node.is(Node.Kind.NULL)
                ? "null is no value here; leave the key out, or write " + expected
                : node.shown() + " does not fit; expected " + expected);
        return null;
    }

    /** Text with its lookups filled in, not empty. */
    String text(Node node, String expected) {
        if (!node.is(Node.Kind.TEXT)) return wrong(node, expected);
        try {
            String text = lookups.fill(node.text());
            if (!text.isEmpty()) return text;
            return wrong(node, expected);
        } catch (IllegalArgumentException e) {
            problems.add(node, e.getMessage());
            return null;
        }
    }

    /** Text that no message shows, not empty, in one line. */
    String secret(Node node) {
        if (!node.is(Node.Kind.TEXT)) return wrong(node, "text such as \"${env:NAME}\"");
        try {
            String text = lookups.fill(node.text());
            if (text.isEmpty()) throw new IllegalArgumentException("a secret cannot be empty");
            if (text.equals(Secrets.HIDDEN)) {
                throw new IllegalArgumentException("stands for a secret that is not printed; write the secret itself");
            }
            if (text.chars().noneMatch(Character::isISOControl)) return text;
            throw new IllegalArgumentException("a secret cannot hold control characters, such as a line break");
        } catch (IllegalArgumentException e) {
            problems.add(node, e.getMessage().replace(Quoted.of(node.text()), "the secret"));
            return null;
        }
    }

    /** @param parse throws {@link IllegalArgumentException} with a sentence for the operator */
    <T> T parsed(Node node, String expected, Function<String, T> parse) {
        String text = text(node, expected);
        if (text == null) return null;
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            // what was filled in may be a secret: the message shows what stands in the file
            boolean filled = !text.equals(node.text());
            problems.add(node, filled ? hidden(node, expected, e.getMessage(), Quoted.of(text)) : e.getMessage());
            return null;
        }
    }

    /** The message without what was filled in, and without what it says of a part of it. */
    private static String hidden(Node node, String expected, String message, String quoted) {
        if (message.contains(quoted)) return message.replace(quoted, node.shown());
        return node.shown() + " does not fit; expected " + expected;
    }

    /** The key of a member. @param parse throws {@link IllegalArgumentException} with a sentence for the operator */
    <T> T key(Node member, Function<String, T> parse) {
        try {
            return parse.apply(member.key());
        } catch (IllegalArgumentException e) {
            problems.addAtKey(member, e.getMessage());
            return null;
        }
    }

    /** @param words what may be written, and its meaning, in the order they are listed in a message */
    <T> T word(Node node, Map<String, T> words) {
        return word(node, words, "");
    }

    /** @param others what else than the words may stand there, such as {@code false}; may be empty */
    <T> T word(Node node, Map<String, T> words, String others) {
        String expected = Words.listed(words.keySet(), others);
        return parsed(node, expected, text -> {
            T meaning = words.get(text);
            if (meaning != null) return meaning;
            throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected " + expected
                    + Nearest.hint(text, words.keySet()));
        });
    }

    Integer whole(Node node, int least, int most, String others) {
        String expected = "a whole number of " + least + "–" + most + others;
        if (node.is(Node.Kind.TEXT) && DIGITS.matcher(node.text()).matches()) {
            return wrong(node, expected + "; write it without quotes");
        }
        if (!node.is(Node.Kind.NUMBER)) return wrong(node, expected);
        String literal = node.text();
        boolean whole = literal.length() <= 11 && literal.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
        long value = whole ? Long.parseLong(literal) : Long.MIN_VALUE;
        return value >= least && value <= most ? Integer.valueOf((int) value) : wrong(node, expected);
    }

    Boolean truth(Node node) {
        return node.is(Node.Kind.TRUTH) ? Boolean.valueOf(!node.isFalse()) : wrong(node, "true or false");
    }

    /** From 1ms. */
    Duration duration(Node node, Duration most) {
        Duration read = withUnit(node, "a duration such as \"5s\"", Units::duration, Units::withoutUnit);
        if (read == null || read.toMillis() >= 1 && read.compareTo(most) <= 0) return read;
        return wrong(node, "1ms–" + Units.write(most));
    }

    /** Bytes. @param others what else than a size may stand there, such as {@code , or false} */
    Long size(Node node, long least, long most, String others) {
        Long read = withUnit(node, "a size such as \"64KiB\"" + others, Units::size, Units::sizeWithoutUnit);
        if (read == null || read >= least && read <= most) return read;
        return wrong(node, Units.write(least) + "–" + Units.write(most) + others);
    }

    /** Bytes a second. @param others what else than a rate may stand there, such as {@code , or false} */
    Long rate(Node node, long least, long most, String others) {
        Long read = withUnit(node, "a rate such as \"10B/s\"" + others, Units::rate, Units::rateWithoutUnit);
        if (read == null || read >= least && read <= most) return read;
        return wrong(node, Units.writeRate(least) + "–" + Units.writeRate(most) + others);
    }

    /** Requests in a period. */
    RequestRate requests(Node node, String others) {
        return withUnit(node, "a rate such as \"100/s\"" + others, RequestRate::parse, RequestRate::withoutUnit);
    }

    /** 0–1. */
    Double share(Node node) {
        return withUnit(node, "a share such as \"20%\"", Units::share, Units::shareWithoutUnit);
    }

    /** A share of at least this. @param least above 0 */
    Double share(Node node, double least) {
        Double read = share(node);
        return read == null || read >= least ? read : wrong(node, Units.writeShare(least) + "–100%");
    }

    private <T> T withUnit(Node node, String expected, Function<String, T> parse, Function<String, String> hint) {
        if (!node.is(Node.Kind.NUMBER)) return parsed(node, expected, parse);
        String plain = plain(node.text());
        if (plain == null || plain.startsWith("-")) return wrong(node, expected);
        problems.add(node, node.shown() + hint.apply(plain));
        return null;
    }

    /** Without an exponent; null where it is longer than anybody would write: 1e999999999 has a billion digits. */
    private static String plain(String number) {
        if (!SHORT_NUMBER.matcher(number).matches()) return null;
        String plain = new BigDecimal(number).toPlainString();
        return plain.length() <= LONGEST_NUMBER ? plain : null;
    }
}
