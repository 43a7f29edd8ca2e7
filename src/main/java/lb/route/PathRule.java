package lb.route;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lb.config.route.PathPattern;

/**
 * A path of the config as the index keeps it: octets that a path must begin with, and what may follow them.
 *
 * <pre>
 * /login           EXACT   /login
 * /v1/*            BELOW   /v1
 * /img*            BEGINS  /img
 * /users/*&#47;orders  BEGINS  /users/  and then  *&#47;orders
 * </pre>
 *
 * Threading: immutable.
 *
 * @param stars what must follow the literal, or null
 */
record PathRule(Kind kind, byte[] literal, StarPattern stars) {
    enum Kind { EXACT, BELOW, BEGINS }

    /** Stands for a star in a form, so that a star which a reading decodes is none. No path holds it. */
    static final byte STAR = 0;

    /** The octets of a pattern with {@link #STAR} for each star. */
    static byte[] form(PathPattern pattern) {
        return pattern.text().replace('*', (char) STAR).getBytes(StandardCharsets.US_ASCII);
    }

    /** @param form of a pattern, as it is or in another reading */
    static PathRule of(byte[] form) {
        int star = 0;
        while (star < form.length && form[star] != STAR) star++;
        if (star == form.length) return new PathRule(Kind.EXACT, form, null);
        byte[] literal = Arrays.copyOf(form, star);
        if (star < form.length - 1) {
            return new PathRule(Kind.BEGINS, literal, new StarPattern(Arrays.copyOfRange(form, star, form.length)));
        }
        if (form[star - 1] != '/') return new PathRule(Kind.BEGINS, literal, null);
        return new PathRule(Kind.BELOW, Arrays.copyOf(form, star - 1), null);
    }
}
