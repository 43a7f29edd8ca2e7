package lb.config.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lb.config.Quoted;
import lb.config.route.BasicAuthConfig;

/** Reads {@code basicAuth}. No message shows a secret. */
final class BasicAuthReading {
    private static final String USERS = "an object such as { \"alice\": \"${env:ALICE_PASSWORD}\" }";
    private static final String HASHED = "sha256:";
    private static final Pattern HASH = Pattern.compile("sha256:[^:]{1,256}:[0-9A-Fa-f]{64}");
    /** As crypt(3), htpasswd and LDAP write them: taken for the password itself, they would let nobody in. */
    private static final Pattern FOREIGN_HASH = Pattern.compile("\\$(1|2[abxy]?|5|6|7|y|apr1)\\$|\\{S?SHA(256|512)?}");
    // RFC 7617 §2: no colon; RFC 9110 §5.6.4: what needs no escape in quotes
    private static final Pattern USER = Pattern.compile("[^:\\p{Cntrl}]{1,256}");
    private static final Pattern REALM = Pattern.compile("[ !#-\\[\\]-~]{1,256}");

    private final Values values;

    BasicAuthReading(Values values) {
        this.values = values;
    }

    /** @return null after a problem */
    BasicAuthConfig read(Node node) {
        if (!node.is(Node.Kind.OBJECT)) return values.wrong(node, "an object such as { \"users\": { … } }");
        Fields fields = new Fields(node, Shape.BASIC_AUTH, values);
        String realm = fields.parsed("realm", BasicAuthConfig.DEFAULT_REALM, "text", BasicAuthReading::realm);
        if (!fields.has("users")) values.problems().addMissing(node, "users", "write " + USERS);
        Map<String, String> users = fields.read("users", Map.of(), this::users);
        return users.isEmpty() ? null : new BasicAuthConfig(realm, users);
    }

    private Map<String, String> users(Node node) {
        List<Node> members = node.is(Node.Kind.OBJECT) ? Named.free(node) : List.of();
        if (members.isEmpty()) return values.wrong(node, USERS);
        Map<String, String> users = new LinkedHashMap<>();
        for (Node member : members) {
            String user = values.key(member, BasicAuthReading::user);
            String secret = values.secret(member);
            if (user == null || secret == null || !fits(member, secret)) continue;
            users.put(user, secret);
        }
        return users;
    }

    private boolean fits(Node node, String secret) {
        if (secret.startsWith(HASHED)) {
            if (HASH.matcher(secret).matches()) return true;
            values.problems().add(node, "begins with \"sha256:\" but is not a hash; expected \"sha256:SALT:HEX\", HEX "
                    + "being the 64 digits of the SHA-256 of SALT and password");
            return false;
        }
        if (FOREIGN_HASH.matcher(secret).lookingAt()) {
            values.problems().add(node, "is a hash of another kind, as htpasswd makes them; expected "
                    + "\"sha256:SALT:HEX\", HEX being the SHA-256 of SALT and password");
            return false;
        }
        if (!node.text().contains("${")) {
            values.problems().warn(node, "a password that everybody who sees the file can read; write "
                    + "\"sha256:SALT:HEX\", or \"${env:NAME}\"");
        }
        return true;
    }

    private static String user(String text) {
        if (USER.matcher(text).matches()) return text;
        throw new IllegalArgumentException(Quoted.of(text) + " is not the name of a user; expected up to 256 "
                + "characters, no colon among them");
    }

    private static String realm(String text) {
        if (REALM.matcher(text).matches()) return text;
        throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected plain ASCII without quotes and "
                + "backslashes");
    }
}
