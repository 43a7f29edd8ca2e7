package lb.config.file;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import lb.config.AccessLogConfig;
import lb.config.BackendConfig;
import lb.config.LogConfig;
import lb.config.OutlierConfig;
import lb.config.Quoted;
import lb.config.StickyConfig;
import lb.config.TransportChoice;
import lb.config.WhenNoneEligible;

/** The closed vocabularies of the file. */
final class Words {
    static final Map<String, BackendConfig.State> STATES = of(BackendConfig.State.values());
    static final Map<String, AccessLogConfig.Format> ACCESS_LOG_FORMATS = of(AccessLogConfig.Format.values());
    static final Map<String, LogConfig.Format> LOG_FORMATS = of(LogConfig.Format.values());
    static final Map<String, LogConfig.Level> LEVELS = of(LogConfig.Level.values());
    static final Map<String, TransportChoice> TRANSPORTS = of(TransportChoice.values());

    static final Map<String, WhenNoneEligible> WHEN_NONE_ELIGIBLE =
            of(WhenNoneEligible.values(), WhenNoneEligible::word);
    static final Map<String, StickyConfig.SameSite> SAME_SITES =
            of(StickyConfig.SameSite.values(), Words::capitalised);
    static final Map<String, OutlierConfig.On> OUTLIER_ON = of(OutlierConfig.On.values(), OutlierConfig.On::word);

    private Words() {}

    /** {@code "a", "b" or "c"}. @param others what else may stand there, such as {@code false}; may be empty */
    static String listed(Collection<String> words, String others) {
        List<String> all = new ArrayList<>(words.stream().map(Quoted::of).toList());
        if (!others.isEmpty()) all.add(others);
        int last = all.size() - 1;
        return last < 1 ? String.join("", all) : String.join(", ", all.subList(0, last)) + " or " + all.get(last);
    }

    /** Words that stand for themselves. */
    static Map<String, String> themselves(Collection<String> words) {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (String word : words) meanings.put(word, word);
        return Collections.unmodifiableMap(meanings);
    }

    /** IO_URING is {@code io_uring}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** LAX is {@code Lax}, as it stands in a cookie. */
    static String capitalised(Enum<?> constant) {
        return constant.name().charAt(0) + constant.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> Map<String, E> of(E[] constants) {
        return of(constants, Words::of);
    }

    private static <E extends Enum<E>> Map<String, E> of(E[] constants, Function<E, String> word) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : constants) words.put(word.apply(constant), constant);
        return Collections.unmodifiableMap(words);
    }
}
