package lb.config.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import lb.config.Quoted;
import lb.config.StickyConfig;
import lb.config.StickyConfig.SameSite;
import lb.config.Units;

/** Reads {@code sticky}: {@code false}, a cookie's name, or an object whose missing keys are those of the root. */
final class StickyReading {
    private static final String COOKIE = "the name of a cookie such as \"lb_backend\"";
    private static final String LEARN = "the name of the application's session cookie, such as \"JSESSIONID\"";
    private static final List<String> OF_OUR_COOKIE = List.of("secure", "sameSite", "domain", "path", "keys");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Pattern DOMAIN = Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    // RFC 6265 §4.1.1: any character but controls and the semicolon
    private static final Pattern PATH = Pattern.compile("/[!-:<-~]{0,1023}");

    private final Values values;

    StickyReading(Values values) {
        this.values = values;
    }

    /** @param base what missing keys are, or null when it is off there @return null when turned off */
    StickyConfig read(Node node, StickyConfig base) {
        if (node.isFalse()) return null;
        StickyConfig from = base == null || base.cookie() == null ? StickyConfig.cookie("lb_backend") : base;
        if (!node.is(Node.Kind.OBJECT)) {
            String cookie = values.parsed(node, COOKIE + ", an object, or false", StickyReading::cookie);
            // the ttl is for either kind
            return cookie == null ? base : judged(node, (base == null ? from : base).named(cookie));
        }
        Fields fields = new Fields(node, Shape.STICKY, values);
        boolean both = fields.has("cookie") && fields.has("learn");
        if (both) {
            values.problems().addAtKey(fields.node("learn"), "beside \"cookie\" on line "
                    + fields.node("cookie").keyPlace().line() + "; expected one or the other");
        }
        boolean inherited = base != null && base.learn() != null && !fields.has("cookie");
        return !both && (fields.has("learn") || inherited) ? learning(fields, base) : setting(fields, base, from);
    }

    private StickyConfig learning(Fields fields, StickyConfig base) {
        for (String key : OF_OUR_COOKIE) {
            if (!fields.has(key)) continue;
            values.problems().addAtKey(fields.node(key), "means nothing beside \"learn\": lb sets no cookie then");
        }
        String learn = fields.parsed("learn", base == null ? null : base.learn(), LEARN, StickyReading::cookie);
        Duration ttl = ttl(fields, base);
        return learn == null ? null
                : new StickyConfig(null, learn, ttl, false, SameSite.LAX, null, StickyConfig.DEFAULT_PATH, List.of());
    }

    private StickyConfig setting(Fields fields, StickyConfig base, StickyConfig from) {
        if (base == null && !fields.has("cookie")) {
            values.problems().addMissing(fields.object(), "cookie", "write " + COOKIE + ", or \"learn\" and " + LEARN);
        }
        StickyConfig read = new StickyConfig(
                fields.parsed("cookie", from.cookie(), COOKIE, StickyReading::cookie), null, ttl(fields, base),
                fields.truth("secure", from.secure()),
                fields.word("sameSite", from.sameSite(), Words.SAME_SITES),
                domain(fields, from),
                fields.parsed("path", from.path(), "a path such as \"/\"", StickyReading::path),
                fields.read("keys", from.keys(), this::keys));
        return judged(fields.object(), read);
    }

    private Duration ttl(Fields fields, StickyConfig base) {
        Node node = fields.node("ttl");
        if (node == null) return base == null ? null : base.ttl();
        if (node.isFalse()) return null;
        Duration read = values.duration(node, StickyConfig.MAX_TTL);
        // browsers count in seconds
        if (read == null || read.compareTo(SHORTEST) >= 0) return read;
        return values.wrong(node, "1s–" + Units.write(StickyConfig.MAX_TTL) + ", or false");
    }

    private String domain(Fields fields, StickyConfig from) {
        Node node = fields.node("domain");
        if (node == null) return from.domain();
        return node.isFalse() ? null : values.parsed(node, "a host such as \"example.com\", or false", text -> {
            if (DOMAIN.matcher(text).matches()) return text.toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected a host such as "
                    + "\"example.com\", which means those below it, too");
        });
    }

    private List<String> keys(Node node) {
        if (!node.is(Node.Kind.LIST)) return values.wrong(node, "a list such as [\"${env:LB_STICKY_KEY}\"]");
        List<String> keys = new ArrayList<>(node.items().size());
        for (Node item : node.items()) {
            String key = values.secret(item);
            if (key == null) continue;
            if (key.length() >= StickyConfig.MIN_KEY) {
                keys.add(key);
            } else {
                values.problems().add(item, "a key of " + key.length() + " characters is guessed too easily; expected "
                        + "at least " + StickyConfig.MIN_KEY);
            }
        }
        return keys;
    }

    /** RFC 6265bis §4.1.3 and §5.7: a browser drops such a cookie without a word. */
    private void refuseWhatBrowsersDrop(Node sticky, StickyConfig read) {
        String name = read.cookie();
        if (name.startsWith("__Host-") && (read.domain() != null || !read.path().equals(StickyConfig.DEFAULT_PATH))) {
            values.problems().add(place(sticky, "cookie"),
                    "browsers drop a cookie of that name that has a \"domain\", or another \"path\" than \"/\"");
        }
        if (read.secure()) return;
        if (read.sameSite() == SameSite.NONE) {
            values.problems().add(place(sticky, "sameSite"),
                    "browsers drop a cookie of \"sameSite\": \"None\" that is not \"secure\": true");
        }
        if (name.startsWith("__Secure-") || name.startsWith("__Host-")) {
            values.problems().add(place(sticky, "cookie"),
                    "browsers drop a cookie of that name that is not \"secure\": true");
        }
    }

    /** Of a key, or of the short form, or of the object where the key is the root's. */
    private static Node place(Node sticky, String key) {
        return sticky.members().getOrDefault(key, sticky);
    }

    private StickyConfig judged(Node node, StickyConfig read) {
        refuseWhatBrowsersDrop(node, read);
        if (read.keys().isEmpty()) {
            values.problems().warn(node, "without \"keys\" the cookie is signed with a key that anybody can make: "
                    + "a client may choose its backend; write \"keys\": [\"${env:LB_STICKY_KEY}\"]");
        }
        return read;
    }

    private static String cookie(String text) {
        if (FieldNames.isToken(text)) return text;
        throw new IllegalArgumentException(Quoted.of(text) + " is not the name of a cookie; expected such as "
                + "\"lb_backend\"");
    }

    private static String path(String text) {
        if (PATH.matcher(text).matches()) return text;
        throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected a path such as \"/\"");
    }
}
