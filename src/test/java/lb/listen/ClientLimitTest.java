package lb.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicLong;
import lb.http.Failure;
import lb.testkit.LogCapture;
import org.junit.jupiter.api.Test;

class ClientLimitTest {
    private static final int ANY = 0;

    @Test void letsInAsManyAsItsLimitAndAnotherWhenOneLeft() {
        ClientLimit limit = new ClientLimit(2, ANY);
        ClientLimit.Entry first = enter(limit, "10.0.0.1");
        assertThat(enter(limit, "10.0.0.1")).isNotNull();
        assertThat(enter(limit, "10.0.0.2")).isNull();
        assertThat(limit.refused(Failure.CLIENT_LIMIT)).isEqualTo(1);
        first.leave();
        assertThat(enter(limit, "10.0.0.2")).isNotNull();
        assertThat(limit.connected()).isEqualTo(2);
    }

    @Test void countsEachAddressAlone() {
        ClientLimit limit = new ClientLimit(100, 2);
        ClientLimit.Entry first = enter(limit, "10.0.0.1");
        enter(limit, "10.0.0.1");
        assertThat(enter(limit, "10.0.0.1")).isNull();
        assertThat(enter(limit, "10.0.0.2")).isNotNull();
        assertThat(limit.refused(Failure.CLIENT_ADDRESS_LIMIT)).isEqualTo(1);
        assertThat(limit.refused()).isEqualTo(1);
        assertThat(limit.connected()).isEqualTo(3);
        first.leave();
        assertThat(enter(limit, "10.0.0.1")).isNotNull();
    }

    @Test void countsIpv6ByItsNetworkOf64Bits() {
        ClientLimit limit = new ClientLimit(100, 2);
        enter(limit, "2001:db8:0:1::1");
        enter(limit, "2001:db8:0:1:ffff::2");
        assertThat(enter(limit, "2001:db8:0:1::3")).isNull();
        assertThat(enter(limit, "2001:db8:0:2::1")).isNotNull();
    }

    @Test void countsAnIpv4AddressInIpv6FormAsItself() {
        ClientLimit limit = new ClientLimit(100, 1);
        enter(limit, "10.0.0.1");
        assertThat(enter(limit, "::ffff:10.0.0.1")).isNull();
        assertThat(enter(limit, "::ffff:10.0.0.2")).isNotNull();
    }

    @Test void letsInAnyNumberFromATrustedProxy() throws UnknownHostException {
        ClientLimit limit = new ClientLimit(100, 1);
        InetAddress proxy = InetAddress.getByName("10.0.0.1");
        for (int i = 0; i < 5; i++) assertThat(limit.enter(proxy, true, "http")).isNotNull();
        assertThat(limit.connected()).isEqualTo(5);
    }

    @Test void forgetsAddressesThatLeftAndCountsRightAcrossAChange() throws UnknownHostException {
        ClientAddresses addresses = new ClientAddresses();
        for (int i = 1; i < 200; i++) assertThat(addresses.enter(InetAddress.getByName("10.0.0." + i), 1)).isTrue();
        for (int i = 1; i < 200; i++) addresses.leave(InetAddress.getByName("10.0.0." + i));
        assertThat(addresses.size()).isZero();

        ClientLimit limit = new ClientLimit(100, ANY);
        ClientLimit.Entry uncounted = enter(limit, "10.0.0.1");
        limit.change(100, 1);
        ClientLimit.Entry counted = enter(limit, "10.0.0.1");
        uncounted.leave();
        assertThat(enter(limit, "10.0.0.1")).isNull();
        limit.change(100, ANY);
        counted.leave();
        limit.change(100, 1);
        assertThat(enter(limit, "10.0.0.1")).isNotNull();
    }

    @Test void logsOnceASecondHoweverManyAreRefused() {
        AtomicLong now = new AtomicLong();
        try (LogCapture log = LogCapture.of(Refusals.class.getName())) {
            Refusals refusals = new Refusals(now::get, Failure.CLIENT_LIMIT, Failure.CLIENT_ADDRESS_LIMIT);
            for (int i = 0; i < 1000; i++) refusals.count(Failure.CLIENT_LIMIT, "http");
            refusals.count(Failure.CLIENT_ADDRESS_LIMIT, "http");
            assertThat(log.lines()).containsExactly(
                    "WARN listener=http refused a connection, client.too_many: too many clients are connected; "
                            + "1 since the start",
                    "WARN listener=http refused a connection, client.too_many_per_address: too many connections "
                            + "from this client's address; 1 since the start");
            now.addAndGet(1_000_000_000);
            for (int i = 0; i < 10; i++) refusals.count(Failure.CLIENT_LIMIT, "http");
            assertThat(log.lines()).hasSize(3).last().asString().endsWith("; 1001 since the start");
            assertThat(refusals.of(Failure.CLIENT_LIMIT)).isEqualTo(1010);
        }
    }

    private static ClientLimit.Entry enter(ClientLimit limit, String address) {
        try {
            return limit.enter(InetAddress.getByName(address), false, "http");
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
