package lb.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

final class ReadSizeTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final RecvByteBufAllocator.Handle size = begin();

    private RecvByteBufAllocator.Handle begin() {
        channel.config().setRecvByteBufAllocator(ReadSize.USUAL);
        return channel.unsafe().recvBufAllocHandle();
    }

    private void read(int bytes) {
        size.reset(channel.config());
        size.attemptedBytesRead(size.guess());
        size.lastBytesRead(Math.min(bytes, size.guess()));
        size.readComplete();
    }

    private void fill(int times) {
        for (int i = 0; i < times; i++) read(Integer.MAX_VALUE);
    }

    @Test void growsWithEveryReadThatWasFilledUpToALimit() {
        assertThat(size.guess()).isEqualTo(1024);
        fill(1);
        assertThat(size.guess()).isEqualTo(8 * 1024);
        fill(1);
        assertThat(size.guess()).isEqualTo(64 * 1024);
        fill(5);
        assertThat(size.guess()).isEqualTo(512 * 1024);
    }

    @Test void shrinksAfterTwoShortReadsInARow() {
        fill(2);
        read(100);
        assertThat(size.guess()).isEqualTo(64 * 1024);
        read(40_000);
        read(100);
        assertThat(size.guess()).isEqualTo(64 * 1024);
        read(100);
        assertThat(size.guess()).isEqualTo(8 * 1024);
    }

    /** The transports put a handle of their own around it, so that all it is told is the channel's config. */
    @Test void isAPieceWhileTheBodyIsWork() {
        fill(5);
        ReadSize.sparingly(channel);
        fill(3);
        assertThat(size.guess()).isEqualTo(32 * 1024);
        ReadSize.asUsual(channel);
        fill(5);
        assertThat(size.guess()).isEqualTo(512 * 1024);
    }

    @Test void leavesOtherAllocatorsAlone() {
        EmbeddedChannel other = new EmbeddedChannel();
        RecvByteBufAllocator before = other.config().getRecvByteBufAllocator();
        ReadSize.asUsual(other);
        assertThat((Object) other.config().getRecvByteBufAllocator()).isSameAs(before);
    }
}
