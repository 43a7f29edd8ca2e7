package lb.config.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Who may come, by name and password (RFC 7617).
 *
 * @param realm what the client is asked for; default {@code lb}
 * @param users the secret by name: {@code sha256:SALT:HEX}, where HEX is the SHA-256 of SALT followed by the password,
 *              or the password itself, which should come from {@code ${env:…}} or {@code ${file:…}}
 */
public record BasicAuthConfig(String realm, Map<String, String> users) {
    public static final String DEFAULT_REALM = "lb";

    public BasicAuthConfig {
        Objects.requireNonNull(realm, "realm");
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        if (users.isEmpty()) throw new IllegalArgumentException("users: none (expected: at least one)");
    }

    /** Without the secrets. */
    @Override public String toString() {
        return "realm " + realm + " users " + users.keySet();
    }
}
