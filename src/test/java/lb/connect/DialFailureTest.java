package lb.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import lb.http.Failure;
import org.junit.jupiter.api.Test;

final class DialFailureTest {
    @Test void isWhatTheSystemSaysWhateverTheTransportMakesOfIt() {
        assertThat(DialFailure.of(new ConnectException("Connection refused: /10.0.0.1:80")))
                .isEqualTo(Failure.CONNECT_REFUSED);
        assertThat(DialFailure.of(new IOException("finishConnect(..) failed with error(-111): Connection refused")))
                .isEqualTo(Failure.CONNECT_REFUSED);
        assertThat(DialFailure.of(new IOException("Connection timed out"))).isEqualTo(Failure.CONNECT_TIMEOUT);
        assertThat(DialFailure.of(new ConnectTimeoutException("after 3000 ms"))).isEqualTo(Failure.CONNECT_TIMEOUT);
        assertThat(DialFailure.of(new UnknownHostException("a.example"))).isEqualTo(Failure.CONNECT_UNRESOLVED);
        assertThat(DialFailure.of(new IOException("Network is unreachable"))).isEqualTo(Failure.CONNECT_FAILED);
        assertThat(DialFailure.of(new IOException())).isEqualTo(Failure.CONNECT_FAILED);
    }

    @Test void isALackOfOursWhenNoLocalPortIsLeft() {
        for (String before : List.of("", "connect(..) failed with error(-99): ")) {
            String message = before + "Cannot assign requested address: /10.0.0.1:80";
            assertThat(DialFailure.of(new IOException(message))).isEqualTo(Failure.NO_PORT);
            assertThat(DialFailure.ours(new IOException(message))).isTrue();
        }
        assertThat(Failure.NO_PORT.fault()).isEqualTo(Failure.Fault.PROXY);
        assertThat(Failure.NO_PORT.beforeConnection()).isTrue();
        assertThat(DialFailure.ours(new ConnectException("Connection refused: /10.0.0.1:80"))).isFalse();
    }

    @Test void isALackOfOursHoweverDeepThatIsHidden() {
        Throwable exhausted = new ChannelException("Failed to open a socket.", new IOException("Too many open files"));
        Throwable resolver = new UnknownHostException("a.example");
        resolver.initCause(exhausted);
        assertThat(DialFailure.of(exhausted)).isEqualTo(Failure.NO_DESCRIPTOR);
        assertThat(DialFailure.of(resolver)).isEqualTo(Failure.NO_DESCRIPTOR);
        assertThat(DialFailure.of(new IOException("socket(..) failed: Too many open files")))
                .isEqualTo(Failure.NO_DESCRIPTOR);
    }
}
