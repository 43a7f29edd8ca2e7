package lb.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lb.config.TransportChoice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer with a small window, on every transport that runs here. */
@ParameterizedClass(name = "{0}")
@MethodSource("transports")
class WriteStallTest {
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final int SOME = 64 << 10;
    /** Pieces of which no system takes all. */
    private static final int MANY = 1000;

    private final MultiThreadIoEventLoopGroup group;
    private final Transport transport;
    private final WriteStall stall = new WriteStall();
    private ServerSocket server;
    private Socket peer;
    private Channel channel;

    record Named(Transport transport) {
        @Override public String toString() {
            return transport.name();
        }
    }

    static List<Named> transports() {
        List<Named> all = new ArrayList<>();
        for (TransportChoice each : TransportChoice.values()) {
            if (each == TransportChoice.AUTO) continue;
            try {
                all.add(new Named(Transport.choose(each)));
            } catch (UnsupportedOperationException notHere) {
                // tried where it runs
            }
        }
        return all;
    }

    WriteStallTest(Named named) {
        transport = named.transport();
        group = new MultiThreadIoEventLoopGroup(1, transport.ioHandler());
    }

    @BeforeEach void fill() throws Exception {
        server = new ServerSocket();
        server.setReceiveBufferSize(SOME);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel = new Bootstrap().group(group).channel(transport.socket()).handler(new ChannelInboundHandlerAdapter())
                .connect(server.getLocalSocketAddress()).sync().channel();
        peer = server.accept();
        onLoop(() -> {
            for (int i = 0; i < MANY; i++) channel.write(Unpooled.wrappedBuffer(new byte[SOME]));
            channel.flush();
            stall.begin(channel);
        });
    }

    @AfterEach void close() throws Exception {
        channel.close().sync();
        peer.close();
        server.close();
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    }

    private void onLoop(Runnable work) {
        channel.eventLoop().submit(work).syncUninterruptibly();
    }

    private long left() {
        return channel.eventLoop().submit(() -> stall.left(channel, LIMIT)).syncUninterruptibly().getNow();
    }

    private boolean readsOn() throws IOException {
        peer.getInputStream().readNBytes(SOME);
        return left() > 0;
    }

    @Test void aPeerThatReadsNothingHasNoTimeLeftWhenItsTimeIsOver() {
        await().until(() -> left() == 0);
        assertThat(left()).isZero();
    }

    @Test void aPeerThatReadsOnHasTimeLeft() {
        await().until(() -> left() == 0);
        await().until(this::readsOn);
        assertThat(left()).isLessThanOrEqualTo(LIMIT.toNanos());
    }

    @Test void aPeerThatReadsALittleAtATimeIsSeenBeforeTheSystemTakesMore() {
        assumeFalse(transport.name().equals("nio"), "NIO cannot tell");
        await().until(() -> left() == 0);
        long waiting = waiting();
        await().until(this::readsOn);
        assertThat(waiting()).isEqualTo(waiting);
    }

    private long waiting() {
        return channel.eventLoop().submit(() -> channel.unsafe().outboundBuffer().totalPendingWriteBytes())
                .syncUninterruptibly().getNow();
    }

    @Test void nothingIsLeftOnceItIsClosed() {
        channel.close().syncUninterruptibly();
        assertThat(left()).isZero();
    }
}
