package lb.sticky;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lb.config.StickyConfig;

/**
 * The keys of one pool's cookie: the first signs, all verify. What they make holds for that pool and that cookie only,
 * and is the same on every replica and after a restart. Where there are several replicas, a new key comes second on
 * all of them before it comes first on one.
 *
 * <p>Threading: any thread; each has its own {@code Mac}s.
 */
final class CookieKeys {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int TAG = CookieValue.SIZE - CookieValue.SIGNED;

    private final SecretKeySpec[] secrets;
    private final byte[] naming;
    private final byte[] signing;
    // the JDK's thread local, which forgets the keys of a config that is gone; Netty's never gives its index back
    private final ThreadLocal<Signer> signers;

    private CookieKeys(SecretKeySpec[] secrets, String pool, String cookie) {
        this.secrets = secrets;
        naming = context("name", pool, cookie);
        signing = context("sign", pool, cookie);
        signers = ThreadLocal.withInitial(() -> new Signer(secrets));
    }

    /** One thread's. */
    private static final class Signer {
        final Mac[] macs;
        final byte[] tag = new byte[32];

        Signer(SecretKeySpec[] secrets) {
            macs = new Mac[secrets.length];
            for (int i = 0; i < macs.length; i++) macs[i] = mac(secrets[i]);
        }
    }

    static CookieKeys of(StickyConfig config, String pool) {
        List<String> keys = config.keys();
        String cookie = config.cookie();
        if (keys.isEmpty()) return new CookieKeys(new SecretKeySpec[] {derived(pool, cookie)}, pool, cookie);
        SecretKeySpec[] secrets = new SecretKeySpec[keys.size()];
        for (int i = 0; i < secrets.length; i++) {
            secrets[i] = new SecretKeySpec(keys.get(i).getBytes(StandardCharsets.UTF_8), ALGORITHM);
        }
        return new CookieKeys(secrets, pool, cookie);
    }

    int count() {
        return secrets.length;
    }

    /** By which cookies name a backend: neither its id nor its address can be read from it. */
    long name(int key, String id) {
        Mac mac = signers.get().macs[key];
        mac.update(naming);
        return CookieValue.name(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
    }

    /** Fills in the tag. @param fields of a {@link CookieValue} */
    void sign(byte[] fields) {
        System.arraycopy(tag(0, fields), 0, fields, CookieValue.SIGNED, TAG);
    }

    /** True when the tag is of this key. It takes the same time wherever a wrong one differs. */
    boolean signed(int key, byte[] fields) {
        byte[] tag = tag(key, fields);
        int differs = 0;
        for (int i = 0; i < TAG; i++) differs |= tag[i] ^ fields[CookieValue.SIGNED + i];
        return differs == 0;
    }

    /** Its first octets; until the thread asks again. */
    private byte[] tag(int key, byte[] fields) {
        Signer signer = signers.get();
        Mac mac = signer.macs[key];
        mac.update(signing);
        mac.update(fields, 0, CookieValue.SIGNED);
        try {
            mac.doFinal(signer.tag, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return signer.tag;
    }

    /** No name holds a NUL, so no two contexts are the same. */
    private static byte[] context(String purpose, String pool, String cookie) {
        String text = CookieValue.VERSION + purpose + '\0' + pool + '\0' + cookie + '\0';
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Known to whoever reads this: it keeps the cookies of pools apart, and no forger away. */
    private static SecretKeySpec derived(String pool, String cookie) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(context("key", pool, cookie));
            return new SecretKeySpec(digest, ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mac mac(SecretKeySpec secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
