package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import lb.config.AddressRange;
import org.junit.jupiter.api.Test;

final class RouteTableTest {
    @Test void trustsAddressesOfItsRangesOnly() throws UnknownHostException {
        RouteTable routes = trusting(List.of(range("10.0.0.0", 8), range("192.168.1.1", 32),
                range("2001:db8::", 32)));
        assertTrust(routes, true, "10.0.0.0", "10.255.255.255", "192.168.1.1", "2001:db8:1::1", "::ffff:10.1.1.1");
        assertTrust(routes, false, "9.255.255.255", "11.0.0.0", "192.168.1.2", "2001:db9::1", "::1", "127.0.0.1");
    }

    @Test void trustsNobodyByDefault() throws UnknownHostException {
        assertTrust(trusting(List.of()), false, "127.0.0.1", "::1", "10.0.0.1");
    }

    private static RouteTable trusting(List<AddressRange> ranges) {
        return new RouteTable("http", null, List.of(), Route.none(), ranges);
    }

    private static void assertTrust(RouteTable routes, boolean trusted, String... addresses)
            throws UnknownHostException {
        for (String each : addresses) {
            assertThat(routes.trusts(InetAddress.getByName(each))).as(each).isEqualTo(trusted);
        }
    }

    private static AddressRange range(String network, int prefix) throws UnknownHostException {
        return new AddressRange(InetAddress.getByName(network), prefix);
    }
}
