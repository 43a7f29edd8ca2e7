package lb.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listen addresses, backends' urls, address ranges and statuses, as they are written. */
class AddressesTest {
    @ParameterizedTest
    @CsvSource({"8080,0.0.0.0:8080", ":8080,0.0.0.0:8080", "127.0.0.1:0,127.0.0.1:0", "[::1]:8080,[::1]:8080",
            "[2001:DB8::7]:443,[2001:db8::7]:443"})
    void readsListenAddresses(String text, String address) {
        assertThat(ListenAddress.parse(text)).hasToString(address);
        assertThat(ListenAddress.parse(address)).isEqualTo(ListenAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "65536", "-1", "1.2.3.4", "1.2.3:80", "1.2.3.4.5:80", "1.2.3.256:80",
            "01.2.3.4:80", "localhost:80", "*:80", "::1:80", "[::1]", "[]:80", "[1.2.3.4]:80", "[fe80::1%1]:80",
            " :80", ":80 ", "1.2.3.:80", "１:80"})
    void refusesOtherListenAddresses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ListenAddress.parse(text))
                .withMessageStartingWith(Quoted.of(text));
    }

    @Test void knowsWhichListenAddressesCollide() {
        ListenAddress every = ListenAddress.every(80);
        assertThat(every.overlaps(ListenAddress.parse("127.0.0.1:80"))).isTrue();
        assertThat(ListenAddress.parse("[::]:80").overlaps(every)).isTrue();
        assertThat(every.overlaps(ListenAddress.parse("127.0.0.1:81"))).isFalse();
        assertThat(ListenAddress.every(0).overlaps(ListenAddress.every(0))).as("the kernel chooses two").isFalse();
        assertThat(ListenAddress.parse("127.0.0.1:80").overlaps(ListenAddress.parse("127.0.0.2:80"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"http://10.0.0.7:8080,10.0.0.7:8080", "http://api.internal,api.internal:80", "http://A/,a:80",
            "http://[::1]:9001,[::1]:9001", "http://[::1],[::1]:80", "http://a-b_c.x1:65535,a-b_c.x1:65535"})
    void readsUrlsOfBackends(String url, String address) {
        assertThat(BackendAddress.parse(url)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://", "http:///", "a:80", "HTTP://a", "http:/a", "http://a:", "http://a:0",
            "http://a:65536", "http://a:b", "http://a b", "http://a..b", "http://.a", "http://a.", "http://[::1",
            "http://::1", "http://[a]", "http://[1.2.3.4]", "http://1.2.3", "http://300.1.1.1", "http://a//",
            "http://[::1]x:80", "http://ä", "ws://a"})
    void refusesOtherUrls(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> BackendAddress.parse(url))
                .withMessageStartingWith(Quoted.of(url));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8,10.255.255.255,11.0.0.0", "10.0.0.7,10.0.0.7,10.0.0.8", "0.0.0.0/0,255.1.2.3,::1",
            "10.0.128.0/17,10.0.255.1,10.0.127.255", "2001:db8::/33,2001:db8:7fff::1,2001:db8:8000::1"})
    void readsAddressRanges(String text, String inside, String outside) throws UnknownHostException {
        AddressRange range = AddressRange.parse(text);
        assertThat(range.contains(InetAddress.getByName(inside))).isTrue();
        assertThat(range.contains(InetAddress.getByName(outside))).isFalse();
        assertThat(AddressRange.parse(range.toString())).isEqualTo(range);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/8", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/33", "10.0.0.1/31", "a/8", "::/129",
            "10.0.0.0/8/8", "::ffff:10.0.0.0/104"})
    void refusesOtherRanges(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text))
                .withMessageStartingWith(Quoted.of(text));
    }

    @Test void readsStatuses() {
        StatusRanges ranges = StatusRanges.parse("200-299, 404");
        assertThat(ranges).hasToString("200-299,404");
        assertThat(StatusRanges.parse(ranges.toString())).isEqualTo(ranges);
        assertThat(ranges.contains(299)).isTrue();
        assertThat(ranges.contains(404)).isTrue();
        assertThat(ranges.contains(300)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "600", "099", "200-", "-299", "299-200", "200,", "200..299", "2xx"})
    void refusesOtherStatuses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> StatusRanges.parse(text))
                .withMessageStartingWith(Quoted.of(text));
    }

    @Test void looksIntoManyRangesWithoutMakingAnObject() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] client = IpLiteral.parse("2001:db8::7").getAddress();
        AddressRange range = AddressRange.parse("2001:db8::/31");
        boolean all = range.contains(client);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < 10_000; i++) all &= range.contains(client);
        long made = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(all).isTrue();
        assertThat(made).isLessThan(10_000);
    }
}
