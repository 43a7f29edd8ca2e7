package lb.config.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file, and what is only doubtful. Threading: one thread. */
final class Problems {
    /** What nobody reads to the end: a file of 16 MiB may hold a million of them. */
    private static final int MOST = 1000;

    private static final Comparator<Problem> IN_FILE_ORDER =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private int unlisted;

    /** About a value. */
    void add(Node node, String message) {
        if (full()) return;
        add(node.place(), node.path(), message);
    }

    /** About a key. */
    void addAtKey(Node node, String message) {
        if (full()) return;
        add(node.keyPlace(), node.path(), message);
    }

    /** About a key that is not there. */
    void addMissing(Node object, String key, String message) {
        if (full()) return;
        add(object.place(), object.pathOf(key), "missing; " + message);
    }

    void add(Place place, String path, String message) {
        errors.add(new Problem(place.line(), place.column(), path, message));
    }

    void warn(Node node, String message) {
        if (warnings.size() == MOST) return;
        warnings.add(new Problem(node.place().line(), node.place().column(), node.path(), message));
    }

    void warnAtKey(Node node, String message) {
        if (warnings.size() == MOST) return;
        warnings.add(new Problem(node.keyPlace().line(), node.keyPlace().column(), node.path(), message));
    }

    private boolean full() {
        if (errors.size() < MOST) return false;
        unlisted++;
        return true;
    }

    boolean none() {
        return errors.isEmpty();
    }

    /** In file order. */
    List<Problem> errors() {
        List<Problem> sorted = new ArrayList<>(errors);
        sorted.sort(IN_FILE_ORDER);
        if (unlisted > 0) sorted.add(new Problem(1, 1, "", "and " + unlisted + " more problems"));
        return sorted;
    }

    /** In file order. */
    List<Problem> warnings() {
        List<Problem> sorted = new ArrayList<>(warnings);
        sorted.sort(IN_FILE_ORDER);
        return sorted;
    }
}
