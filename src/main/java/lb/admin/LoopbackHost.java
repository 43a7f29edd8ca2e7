package lb.admin;

import io.netty.util.NetUtil;
import java.util.Locale;

/**
 * Whether a Host names this machine from the inside. A page of a stranger can make a browser on this machine send
 * requests here under the stranger's name (DNS rebinding); what it cannot do is make it call us localhost.
 *
 * <pre>
 * allowed  localhost  localhost:9901  127.0.0.1:9901  127.8.8.8  [::1]:9901
 * refused  evil.example  127.0.0.1.evil.example  localhost.evil.example  ::1  10.0.0.1:9901  (none)
 * </pre>
 *
 * Threading: stateless.
 */
final class LoopbackHost {
    private LoopbackHost() {}

    /** @param host the value of the Host field, or null */
    static boolean allows(String host) {
        if (host == null) return false;
        String name = withoutPort(host);
        if (name == null) return false;
        if (name.toLowerCase(Locale.ROOT).equals("localhost") || name.equals("[::1]")) return true;
        return NetUtil.isValidIpV4Address(name) && name.startsWith("127.");
    }

    /** Null when what stands behind the colon is no port. */
    private static String withoutPort(String host) {
        int colon = host.indexOf(':', host.indexOf(']') + 1);
        if (colon < 0) return host;
        return host.substring(colon + 1).matches("[0-9]{1,5}") ? host.substring(0, colon) : null;
    }
}
