package lb.config.file;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import lb.config.Quoted;

/** What header fields may be called, and which of them a route leaves alone. Threading: stateless. */
final class FieldNames {
    // RFC 9110 §5.6.2: token
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}");

    /** They frame a message or hold it back, belong to one connection (RFC 9110 §7.6.1), or say whom it is for. */
    private static final Set<String> OF_THE_PROXY = Set.of("host", "content-length", "transfer-encoding", "connection",
            "upgrade", "keep-alive", "proxy-connection", "te", "trailer", "expect");

    private FieldNames() {}

    /** @throws IllegalArgumentException with a sentence for the operator */
    static String parse(String text) {
        if (isToken(text)) return text;
        throw new IllegalArgumentException(Quoted.of(text)
                + " is not the name of a header field; expected such as \"Cookie\"");
    }

    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** @param name in lower case */
    static boolean saysWhoTheClientIs(String name) {
        return name.equals("forwarded") || name.startsWith("x-forwarded-");
    }

    /**
     * One that a route may edit. An underscore is taken for a hyphen, as some backends do.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static String editable(String text, boolean request) {
        String name = parse(text).toLowerCase(Locale.ROOT).replace('_', '-');
        if (OF_THE_PROXY.contains(name)) {
            throw new IllegalArgumentException(Quoted.of(text) + " is written by lb itself and cannot be edited");
        }
        if (request && saysWhoTheClientIs(name)) {
            throw new IllegalArgumentException(Quoted.of(text) + " tells backends who the client is, which lb writes "
                    + "itself; \"trustedProxies\" says whose word is passed on");
        }
        return text;
    }
}
