package lb.filter;

import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a password must hash to. One that stands in the config as it is gets a salt of this process, so that both kinds
 * cost the same and are compared in constant time.
 *
 * <p>Threading: immutable.
 */
final class Secret {
    private static final String HASHED = "sha256:";
    private static final int DIGEST_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final FastThreadLocal<MessageDigest> SHA_256 = new FastThreadLocal<>() {
        @Override protected MessageDigest initialValue() throws NoSuchAlgorithmException {
            return MessageDigest.getInstance("SHA-256");
        }
    };

    private final byte[] salt;
    private final byte[] digest;

    private Secret(byte[] salt, byte[] digest) {
        this.salt = salt;
        this.digest = digest;
    }

    /**
     * {@code sha256:SALT:HEX}, with the SHA-256 of SALT followed by the password, or the password itself.
     *
     * @throws IllegalArgumentException without the secret in its message
     */
    static Secret parse(String text) {
        if (!text.startsWith(HASHED)) return ofPassword(text);
        int colon = text.lastIndexOf(':');
        byte[] digest;
        try {
            digest = HexFormat.of().parseHex(text, colon + 1, text.length());
        } catch (IllegalArgumentException notHex) {
            digest = new byte[0];
        }
        if (colon < HASHED.length() || digest.length != DIGEST_BYTES) {
            throw new IllegalArgumentException("a secret (expected: sha256:SALT:HEX with 64 hex digits)");
        }
        return new Secret(text.substring(HASHED.length(), colon).getBytes(StandardCharsets.UTF_8), digest);
    }

    /** One that no password fulfils; asked for a name that nobody has, it takes as long as any other. */
    static Secret nobodys() {
        return new Secret(salt(), new byte[DIGEST_BYTES]);
    }

    private static Secret ofPassword(String password) {
        byte[] salt = salt();
        byte[] octets = password.getBytes(StandardCharsets.UTF_8);
        return new Secret(salt, digest(salt, octets, 0, octets.length));
    }

    /** True when these octets are the password. */
    boolean is(byte[] octets, int start, int end) {
        return MessageDigest.isEqual(digest, digest(salt, octets, start, end));
    }

    private static byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return salt;
    }

    private static byte[] digest(byte[] salt, byte[] octets, int start, int end) {
        MessageDigest sha256 = SHA_256.get();
        sha256.update(salt);
        sha256.update(octets, start, end - start);
        return sha256.digest();
    }
}
