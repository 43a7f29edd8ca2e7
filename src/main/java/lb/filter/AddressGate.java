package lb.filter;

import java.net.InetAddress;
import java.util.List;
import lb.config.AddressRange;
import lb.config.AddressRanges;
import lb.http.Failure;
import lb.proxy.Exchange;
import lb.proxy.Filter;
import lb.proxy.LocalAnswer;

/**
 * Who may come, by address: that of the client, seen through the proxies that are trusted.
 *
 * <pre>
 * deny              allow           198.51.100.7
 *                                   comes in
 *                   10.0.0.0/8      403
 * 198.51.100.0/24   198.51.100.7    403: deny wins
 * </pre>
 *
 * <p>Threading: immutable.
 */
final class AddressGate implements Filter {
    private static final LocalAnswer DENIED = LocalAnswer.refusal(Failure.DENIED, "");

    private final AddressRanges allow;
    private final AddressRanges deny;

    /**
     * @param allow empty for everybody
     * @param deny  wins over {@code allow}
     */
    AddressGate(List<AddressRange> allow, List<AddressRange> deny) {
        this.allow = new AddressRanges(allow);
        this.deny = new AddressRanges(deny);
    }

    @Override public LocalAnswer request(Exchange exchange) {
        return admits(exchange.client()) ? null : DENIED;
    }

    private boolean admits(InetAddress client) {
        return !deny.contains(client) && (allow.none() || allow.contains(client));
    }
}
