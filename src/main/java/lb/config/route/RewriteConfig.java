package lb.config.route;

/**
 * Another path for the backend; the query stays. Either {@code path} alone, or one or both of the others.
 *
 * @param path        in place of the whole path, or null
 * @param stripPrefix taken off where the path begins with it, at a slash; or null
 * @param addPrefix   put in front, after the other was taken off; or null
 */
public record RewriteConfig(String path, String stripPrefix, String addPrefix) {
    public RewriteConfig {
        if (path == null && stripPrefix == null && addPrefix == null) {
            throw new IllegalArgumentException("rewrite: nothing (expected: path, stripPrefix or addPrefix)");
        }
        if (path != null && (stripPrefix != null || addPrefix != null)) {
            throw new IllegalArgumentException("rewrite: path and a prefix (expected: one or the other)");
        }
    }
}
