package lb.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A command line of {@code --name value} pairs; each is taken out once. */
final class Words {
    private final List<String> left;

    Words(String... args) {
        left = new ArrayList<>(Arrays.asList(args));
    }

    boolean flag(String name) {
        return left.remove(name);
    }

    String text(String name, String otherwise) {
        int at = left.indexOf(name);
        if (at < 0) return otherwise;
        if (at + 1 == left.size()) throw new IllegalArgumentException(name + ": a value is missing");
        left.remove(at);
        return left.remove(at);
    }

    /** At least 1. */
    int number(String name, int otherwise) {
        String text = text(name, Integer.toString(otherwise));
        if (!text.matches("[1-9]\\d{0,5}")) throw new IllegalArgumentException(name + " " + text + ": no number");
        return Integer.parseInt(text);
    }

    List<String> list(String name, String otherwise) {
        return List.of(text(name, otherwise).split(","));
    }

    void demandNoMore() {
        if (!left.isEmpty()) throw new IllegalArgumentException("unknown: " + left.get(0) + "; see --help");
    }
}
