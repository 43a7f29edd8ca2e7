package lb.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;

/** Collects, in words, in which fields two configs of one thing differ. Threading: one thread. */
final class Differences {
    /** A line of ten thousand backends helps nobody. */
    private static final int MOST = 20;

    private final List<String> told = new ArrayList<>();
    private int untold;
    private String last;

    boolean none() {
        return told.isEmpty();
    }

    List<String> told() {
        List<String> all = new ArrayList<>(told);
        if (untold > 0) all.add("and " + untold + " more");
        if (last != null) all.add(last);
        return all;
    }

    void add(String change) {
        if (told.size() < MOST) {
            told.add(change);
        } else {
            untold++;
        }
    }

    /** Ends the list. */
    void note(String note) {
        last = note;
    }

    /** {@code weight 1 → 3}, when they differ. */
    void field(String name, Object before, Object after) {
        if (!Objects.equals(before, after)) add(name + " " + written(before) + " → " + written(after));
    }

    /** What belongs to no pool and no listener. */
    void process(Config old, Config now) {
        field("timeouts.clientHeaders", old.timeouts().clientHeaders(), now.timeouts().clientHeaders());
        field("timeouts.clientIdle", old.timeouts().clientIdle(), now.timeouts().clientIdle());
        field("timeouts.drain", old.timeouts().drain(), now.timeouts().drain());
        field("limits.headers", size(old.limits().headers()), size(now.limits().headers()));
        field("limits.headerCount", old.limits().headerCount(), now.limits().headerCount());
        field("limits.line", size(old.limits().line()), size(now.limits().line()));
        field("limits.bodyRate", rate(old.limits().bodyRate()), rate(now.limits().bodyRate()));
        field("limits.connections", clients(old.limits()), clients(now.limits()));
        field("limits.connectionsPerClient", count(old.limits().connectionsPerClient()),
                count(now.limits().connectionsPerClient()));
        field("trustedProxies", old.trustedProxies(), now.trustedProxies());
        field("admin", old.admin() == null ? null : old.admin().listen(),
                now.admin() == null ? null : now.admin().listen());
        accessLog(old.accessLog(), now.accessLog());
        field("log.format", old.log().format(), now.log().format());
        field("log.level", old.log().level(), now.log().level());
        field("transport", old.transport(), now.transport());
    }

    private void accessLog(AccessLogConfig old, AccessLogConfig now) {
        if (old == null || now == null) {
            field("accessLog", old == null ? null : old.format(), now == null ? null : now.format());
            return;
        }
        field("accessLog.format", old.format(), now.format());
        field("accessLog.to", old.to(), now.to());
        field("accessLog.sample", Units.writeShare(old.sample()), Units.writeShare(now.sample()));
        field("accessLog.redactHeaders", new TreeSet<>(old.redactHeaders()), new TreeSet<>(now.redactHeaders()));
    }

    static String written(Object value) {
        if (value == null) return "off";
        if (value instanceof Duration duration) return Units.write(duration);
        if (value instanceof Enum<?> word) return word.name().toLowerCase(Locale.ROOT);
        return value.toString();
    }

    static String size(long bytes) {
        return bytes == Limits.NONE ? "none" : Units.write(bytes);
    }

    private static String rate(long perSecond) {
        return perSecond == 0 ? "none" : Units.writeRate(perSecond);
    }

    static String count(int limit) {
        return limit == 0 ? "none" : "" + limit;
    }

    private static String clients(Limits limits) {
        return limits.connections() == 0 ? "auto" : "" + limits.connections();
    }

    /** {@code 1 pool}, {@code 3 pools}. */
    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
