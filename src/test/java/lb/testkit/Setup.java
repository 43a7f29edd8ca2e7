package lb.testkit;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lb.config.TransportChoice;

/**
 * What a scenario runs on.
 *
 * @param transport  never AUTO
 * @param eventLoops 1 or more
 */
public record Setup(TransportChoice transport, int eventLoops) {

    /** One event loop on NIO, or on what the system property {@code lb.test.transport} says. */
    public static Setup standard() {
        String transport = System.getProperty("lb.test.transport", "nio");
        return new Setup(TransportChoice.valueOf(transport.toUpperCase(Locale.ROOT)), 1);
    }

    /** Every transport that works on this machine, with one and with two event loops. */
    public static Stream<Setup> all() {
        return Stream.of(TransportChoice.NIO, TransportChoice.EPOLL, TransportChoice.IO_URING)
                .filter(Setup::available)
                .flatMap(transport -> IntStream.of(1, 2).mapToObj(loops -> new Setup(transport, loops)));
    }

    private static boolean available(TransportChoice transport) {
        return switch (transport) {
            case EPOLL -> Epoll.isAvailable();
            case IO_URING -> IoUring.isAvailable();
            case NIO, AUTO -> true;
        };
    }
}
