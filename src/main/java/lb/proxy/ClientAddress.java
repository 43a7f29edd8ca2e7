package lb.proxy;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import lb.http.FieldName;
import lb.http.Head;

/**
 * Whose request it is. Each proxy on the way adds the address that it saw to the right of X-Forwarded-For, so that the
 * list is read from there, for as long as proxies vouch for each other.
 *
 * <pre>
 * trusted: 10.0.0.0/8
 * peer 203.0.113.9   X-Forwarded-For: 1.1.1.1                       203.0.113.9: a stranger may say what it likes
 * peer 10.0.0.1      X-Forwarded-For: 6.6.6.6, 1.1.1.1, 10.0.0.2    1.1.1.1: 10.0.0.2 saw it; 6.6.6.6 it only claims
 * peer 10.0.0.1      X-Forwarded-For: 10.0.0.3, 10.0.0.2            10.0.0.3: nobody else is known
 * peer 10.0.0.1      X-Forwarded-For: 1.1.1.1, unknown, 10.0.0.2    10.0.0.2: who came to it, it does not say
 * </pre>
 *
 * <p>Threading: stateless. Never asks a name server.
 */
final class ClientAddress {
    private ClientAddress() {}

    /**
     * @param peer    who the connection comes from
     * @param trusted proxies whose forwarding fields are believed
     */
    static InetAddress of(Head request, InetAddress peer, Predicate<InetAddress> trusted) {
        if (!request.has(FieldName.X_FORWARDED_FOR) || !trusted.test(peer)) return peer;
        InetAddress known = peer;
        for (int line = request.count() - 1; line >= 0; line--) {
            if (request.name(line) != FieldName.X_FORWARDED_FOR) continue;
            int start = request.valueStart(line);
            for (int end = request.valueEnd(line); end > start;) {
                int from = memberStart(request, start, end);
                String member = request.text(from, end).strip();
                end = from - 1;
                if (member.isEmpty()) continue;
                InetAddress address = parse(member);
                if (address == null) return known;
                known = address;
                if (!trusted.test(address)) return known;
            }
        }
        return known;
    }

    /** Of the last member before {@code end}. */
    private static int memberStart(Head request, int start, int end) {
        int at = end;
        while (at > start && request.octet(at - 1) != ',') at--;
        return at;
    }

    /** An address, for some proxies with a port: {@code 1.2.3.4:5678}, {@code [2001:db8::1]:5678}. @return or null */
    private static InetAddress parse(String text) {
        String host = text;
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 0) return null;
            host = text.substring(1, close);
        } else if (colon > 0 && text.indexOf(':') == colon) {
            host = text.substring(0, colon);
        }
        byte[] octets = host.indexOf('%') >= 0 ? null : NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return octets == null ? null : InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + octets.length + " bytes", e);
        }
    }
}
