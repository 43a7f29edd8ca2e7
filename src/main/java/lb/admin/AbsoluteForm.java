package lb.admin;

/**
 * A request target that names whom it is for (RFC 9112 §3.2.2: every server must take it, and heed its authority in
 * place of the Host).
 *
 * <pre>
 * http://localhost:9901/livez?x → authority "localhost:9901", rest "/livez?x"
 * http://[::1]                  → authority "[::1]", rest "/"
 * </pre>
 *
 * @param rest the target without scheme and authority
 */
record AbsoluteForm(String authority, String rest) {
    private static final String SCHEME = "http://";

    /** Null when the target has another form. */
    static AbsoluteForm of(String target) {
        if (!target.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) return null;
        int end = SCHEME.length();
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') end++;
        String rest = target.substring(end);
        return new AbsoluteForm(target.substring(SCHEME.length(), end), rest.startsWith("/") ? rest : "/" + rest);
    }
}
