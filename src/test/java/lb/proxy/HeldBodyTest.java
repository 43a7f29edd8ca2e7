package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HeldBodyTest {
    private final HeldBody held = new HeldBody();
    private final FakeSide source = new FakeSide();
    private final FakeSide sink = new FakeSide();
    private final List<ByteBuf> made = new ArrayList<>();

    @AfterEach void everyPieceIsFreed() {
        held.forget();
        assertThat(made).allSatisfy(each -> assertThat(each.refCnt()).isZero());
    }

    @Test void isWholeBeforeAnythingCame() {
        assertThat(held.whole()).isTrue();
        held.forget();
        assertThat(held.whole()).isTrue();
    }

    @Test void repeatsAllPiecesInOrderAsOftenAsNeeded() {
        held.hold(piece("a"));
        held.hold(piece("b"));
        held.repeat(source, sink);
        held.repeat(source, sink);
        assertThat(sink.taken).hasToString("abab");
        assertThat(held.whole()).isTrue();
    }

    @Test void repeatsWhatWasRememberedWhileItWasSent() {
        held.hold(piece("a"));
        ByteBuf passing = piece("b");
        held.remember(passing);
        assertThat(passing.refCnt()).isEqualTo(2);
        passing.release();
        held.repeat(source, sink);
        assertThat(sink.taken).hasToString("ab");
    }

    @Test void handsAPieceOverOnce() {
        held.hold(piece("a"));
        held.hold(piece("b"));
        held.hand(source, sink);
        assertThat(sink.taken).hasToString("ab");
        assertThat(held.whole()).isFalse();
        held.repeat(source, sink);
        assertThat(sink.taken).hasToString("ab");
    }

    @Test void handingNothingOverLosesNothing() {
        held.hand(source, sink);
        assertThat(held.whole()).isTrue();
    }

    @Test void holdsTheSourceWhenTheSinkHasEnough() {
        sink.writable = false;
        held.hold(piece("a"));
        held.repeat(source, sink);
        assertThat(source.reading).isFalse();
    }

    @Test void remembersUpToItsLimit() {
        send(HeldBody.LIMIT - 1);
        send(1);
        assertThat(held.whole()).isTrue();
        send(1);
        assertThat(held.whole()).isFalse();
        held.repeat(source, sink);
        assertThat(sink.taken).isEmpty();
    }

    @Test void aFirstPieceBeyondTheLimitIsNotWhole() {
        send(HeldBody.LIMIT + 1);
        assertThat(held.whole()).isFalse();
        send(1);
        assertThat(held.whole()).isFalse();
        held.repeat(source, sink);
        assertThat(sink.taken).as("never a part of the body").isEmpty();
    }

    @Test void remembersOnlySoManyPieces() {
        for (int i = 0; i < HeldBody.PIECES; i++) send(1);
        assertThat(held.whole()).isTrue();
        send(1);
        assertThat(held.whole()).isFalse();
    }

    @Test void forgettingGivesTheSecondAttemptUp() {
        held.hold(piece("a"));
        held.forget();
        assertThat(held.whole()).isFalse();
        send(1);
        assertThat(held.whole()).isFalse();
    }

    private void send(int size) {
        ByteBuf passing = piece("x".repeat(size));
        held.remember(passing);
        passing.release();
    }

    private ByteBuf piece(String text) {
        ByteBuf piece = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        made.add(piece);
        return piece;
    }
}
