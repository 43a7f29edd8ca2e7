package lb;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lb.testkit.LogCapture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final DefaultEventLoopGroup loops = new DefaultEventLoopGroup(1, new DefaultThreadFactory("watched"));
    private final DefaultEventLoopGroup control = new DefaultEventLoopGroup(1);

    @AfterEach void stop() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        control.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test void namesABlockedLoopOnceWithWhatItDoesAndWhenItGoesOn() {
        EventLoop loop = loops.next();
        CountDownLatch block = new CountDownLatch(1);
        try (LogCapture log = LogCapture.of(Watchdog.class.getName())) {
            Watchdog watchdog = new Watchdog(List.of(loop), control.next());
            control.next().execute(watchdog::start);
            control.next().schedule(() -> loop.execute(() -> awaitQuietly(block)), 700, TimeUnit.MILLISECONDS);
            Awaitility.await().until(() -> log.lines().stream().anyMatch(line -> line.contains("has been blocked")));
            assertThat(log.lines()).singleElement().asString().contains("watched-", "WatchdogTest.awaitQuietly");
            block.countDown();
            Awaitility.await().until(() -> log.lines().stream().anyMatch(line -> line.contains("runs again")));
            assertThat(log.lines()).hasSize(2);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
