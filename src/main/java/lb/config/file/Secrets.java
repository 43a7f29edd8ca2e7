package lb.config.file;

import java.util.List;
import java.util.Locale;

/** What is not printed. Threading: stateless. */
final class Secrets {
    /** Stands in place of a secret; no file can have it as one. */
    static final String HIDDEN = "…";

    private static final List<String> PARTS = List.of("auth", "cookie", "key", "password", "secret", "token");

    private Secrets() {}

    /** True for headers and parameters such as {@code Authorization}, {@code X-Api-Key} and {@code access_token}. */
    static boolean inside(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return PARTS.stream().anyMatch(lower::contains);
    }
}
