package lb.observe;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import lb.http.FieldName;
import lb.http.Head;

/**
 * What clients said about themselves, as records show it: escaped, cut, and hidden where the operator wants it.
 * Threading: one event loop.
 */
final class ClientFields {
    /** Bytes of a method that are shown. */
    static final int METHOD_LIMIT = 64;
    /** Bytes of a target that are shown. */
    static final int TARGET_LIMIT = 4096;
    /** Bytes of a field's value that are shown. */
    static final int FIELD_LIMIT = 1024;

    private static final String HIDDEN = "[redacted]";

    private final boolean hideReferer;
    private final boolean hideUserAgent;

    /** @param hidden field names in lower case */
    ClientFields(Set<String> hidden) {
        hideReferer = hidden.contains(FieldName.REFERER.toString());
        hideUserAgent = hidden.contains(FieldName.USER_AGENT.toString());
    }

    /** The value of the first line of that name. @return false when there is none, and then nothing was written */
    boolean field(Head head, FieldName name, Line line, Escape escape) {
        int at = head == null ? -1 : head.find(name, 0);
        if (at < 0) return false;
        if (hidden(name)) line.add(HIDDEN);
        else line.escaped(head, head.valueStart(at), head.valueEnd(at), FIELD_LIMIT, escape);
        return true;
    }

    /** The client's IP address, or {@code -} when it was gone before we asked. */
    void client(InetSocketAddress client, Line line) {
        InetAddress ip = client == null ? null : client.getAddress();
        if (ip == null) {
            line.add('-');
        } else if (ip instanceof Inet4Address) {
            byte[] octets = ip.getAddress();
            for (int i = 0; i < octets.length; i++) {
                if (i > 0) line.add('.');
                line.add(octets[i] & 0xff);
            }
        } else {
            line.add(NetUtil.toAddressString(ip));
        }
    }

    private boolean hidden(FieldName name) {
        return name == FieldName.REFERER && hideReferer || name == FieldName.USER_AGENT && hideUserAgent;
    }
}
