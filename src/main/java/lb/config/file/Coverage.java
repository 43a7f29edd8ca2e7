package lb.config.file;

import java.util.List;
import java.util.function.BiPredicate;
import lb.config.route.FieldMatch;
import lb.config.route.HostPattern;
import lb.config.route.MatchConfig;
import lb.config.route.PathPattern;
import lb.config.route.PathPattern.Kind;

/**
 * Whether one match takes all that another one takes. When in doubt it says no: {@code /a/*&#47;c} against
 * {@code /a/b/c} is such a doubt. Threading: stateless.
 */
final class Coverage {
    private Coverage() {}

    static boolean covers(MatchConfig wide, MatchConfig narrow) {
        return everyOf(narrow.hosts(), wide.hosts(), Coverage::host)
                && everyOf(narrow.paths(), wide.paths(), Coverage::path)
                && everyOf(narrow.methods(), wide.methods(), String::equals)
                && demandsNoMore(wide.headers(), narrow.headers())
                && demandsNoMore(wide.query(), narrow.query());
    }

    /** Every request that has a path. */
    static boolean everything(MatchConfig match) {
        return match.hosts().isEmpty() && match.methods().isEmpty() && match.headers().isEmpty()
                && match.query().isEmpty()
                && (match.paths().isEmpty() || match.paths().stream().anyMatch(path -> path.text().equals("/*")));
    }

    /** Each of the narrow ones lies within one of the wide ones; an empty list is everything. */
    private static <T> boolean everyOf(List<T> narrow, List<T> wide, BiPredicate<T, T> covers) {
        if (wide.isEmpty()) return true;
        return !narrow.isEmpty() && narrow.stream().allMatch(n -> wide.stream().anyMatch(w -> covers.test(w, n)));
    }

    private static boolean host(HostPattern wide, HostPattern narrow) {
        return wide.equals(narrow) || wide.wildcard() && narrow.name().endsWith("." + wide.name());
    }

    private static boolean path(PathPattern wide, PathPattern narrow) {
        if (wide.equals(narrow)) return true;
        if (wide.kind() != Kind.PREFIX) return false;
        String prefix = wide.text().substring(0, wide.text().length() - 1);
        int star = narrow.text().indexOf('*');
        String begin = star < 0 ? narrow.text() : narrow.text().substring(0, star);
        // /v1/* takes /v1, too
        return begin.startsWith(prefix) || star < 0 && prefix.equals(begin + "/");
    }

    private static boolean demandsNoMore(List<FieldMatch> wide, List<FieldMatch> narrow) {
        return wide.stream().allMatch(w -> narrow.stream().anyMatch(
                n -> n.name().equals(w.name()) && (w.value() == null || w.value().equals(n.value()))));
    }
}
