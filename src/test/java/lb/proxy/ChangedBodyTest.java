package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import lb.connect.BackendSide;
import lb.http.Head;
import lb.http.Side;
import lb.pool.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the backend is read on while its body is work. */
final class ChangedBodyTest {
    private final EmbeddedChannel turns = new EmbeddedChannel();
    private final FakeSide client = new FakeSide();
    private final Source backend = new Source();
    private final Upper stage = new Upper();
    private final ChangedBody body = new ChangedBody(stage, backend, client, turns.eventLoop());

    @AfterEach void end() {
        turns.finishAndReleaseAll();
    }

    @Test void readsLittleAtATime() {
        assertThat(backend.sparingly).isTrue();
    }

    @Test void readsTheNextPieceInTheNextTurnOnly() {
        body.body(text("a"));
        assertThat(backend.reading).as("the rest of the same read still comes").isTrue();
        body.readComplete();
        assertThat(client.taken).hasToString("A");
        assertThat(backend.reading).isFalse();
        body.resume();
        assertThat(backend.reading).as("a client that takes more does not shorten the wait").isFalse();
        turns.runPendingTasks();
        assertThat(backend.reading).isTrue();
        body.readComplete();
        assertThat(backend.reading).isFalse();
        turns.runPendingTasks();
        assertThat(backend.reading).isTrue();
    }

    @Test void waitsForAClientThatHasEnough() {
        client.writable = false;
        body.body(text("a"));
        assertThat(backend.reading).isFalse();
        body.readComplete();
        turns.runPendingTasks();
        assertThat(backend.reading).isFalse();
        client.writable = true;
        body.resume();
        assertThat(backend.reading).isTrue();
    }

    @Test void leavesTheBackendAloneOnceItIsOver() {
        body.readComplete();
        body.close();
        assertThat(stage.closed).isTrue();
        turns.runPendingTasks();
        body.resume();
        assertThat(backend.reading).isFalse();
    }

    /** The write of a piece may lose the client, which ends the exchange from within. */
    @Test void endsFromWithin() {
        stage.during = body::close;
        client.writable = false;
        body.body(text("a"));
        body.readComplete();
        turns.runPendingTasks();
        assertThat(backend.reading).as("it is somebody else's now").isTrue();
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static final class Upper implements BodyStage {
        private boolean closed;
        private Runnable during = () -> {};

        @Override public void body(ByteBuf data, Side client) {
            client.body(text(data.toString(StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT)));
            data.release();
            during.run();
        }

        @Override public void readComplete(Side client) {}

        @Override public void end(Side client) {}

        @Override public void close() {
            closed = true;
        }
    }

    private static final class Source extends IdleSide implements BackendSide {
        private boolean sparingly;
        private boolean reading = true;

        @Override public void sparingly() {
            sparingly = true;
        }

        @Override public void reading(boolean wanted) {
            reading = wanted;
        }

        @Override public Backend backend() {
            return null;
        }

        @Override public boolean reused() {
            return false;
        }

        @Override public void request(Head head) {}

        @Override public void tunnel() {}

        @Override public boolean answering() {
            return true;
        }

        @Override public void finish() {}

        @Override public void discard() {}

        @Override public void abort() {}
    }
}
