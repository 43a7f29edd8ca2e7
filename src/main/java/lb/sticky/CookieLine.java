package lb.sticky;

import java.nio.charset.StandardCharsets;
import lb.config.StickyConfig;
import lb.config.StickyConfig.SameSite;

/**
 * The line that sets lb's own cookie to one backend:
 *
 * <pre>
 * Set-Cookie: lb_shop=v1.3q2-7w…; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure
 * </pre>
 *
 * It is made once a second at most, however many clients come for the first time. Any event loop; no lock.
 */
final class CookieLine {
    private final CookieKeys keys;
    private final long name;
    private final Form form;
    private volatile Made made = new Made(-1, new byte[0], new byte[0]);

    private record Made(long second, byte[] open, byte[] secure) {
        byte[] line(boolean https) {
            return https ? secure : open;
        }
    }

    /** What stands around the value, the same for all backends of a pool. */
    record Form(String before, String open, String secure) {
        static Form of(StickyConfig config) {
            String attributes = attributes(config);
            String secure = attributes + "; Secure\r\n";
            return new Form("Set-Cookie: " + config.cookie() + '=',
                    config.secure() ? secure : attributes + "\r\n", secure);
        }
    }

    /** @param id of the backend */
    CookieLine(Form form, CookieKeys keys, String id) {
        this.form = form;
        this.keys = keys;
        name = keys.name(0, id);
    }

    /** @param now seconds since 1970 @param https the client came by it @return with its CRLF; not to be changed */
    byte[] at(long now, boolean https) {
        Made last = made;
        if (last.second == now) return last.line(https);
        byte[] fields = CookieValue.unsigned(name, now);
        keys.sign(fields);
        String value = new String(CookieValue.encode(fields), StandardCharsets.ISO_8859_1);
        String start = form.before + value;
        made = last = new Made(now, octets(start + form.open), octets(start + form.secure));
        return last.line(https);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String attributes(StickyConfig config) {
        StringBuilder text = new StringBuilder("; Path=").append(config.path());
        if (config.domain() != null) text.append("; Domain=").append(config.domain());
        if (config.ttl() != null) text.append("; Max-Age=").append(StickyCookie.seconds(config.ttl()));
        text.append("; HttpOnly; SameSite=").append(word(config.sameSite()));
        return text.toString();
    }

    private static String word(SameSite sameSite) {
        return switch (sameSite) {
            case STRICT -> "Strict";
            case LAX -> "Lax";
            case NONE -> "None";
        };
    }
}
