package lb.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import lb.http.Head;
import lb.http.Side;
import lb.testkit.LeakWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakWatch.class)
class GzipStageTest {
    private static final int HEADER = 10;

    private final Deflaters deflaters = Deflaters.ofLoop();
    private final Taken client = new Taken();
    private GzipStage stage = stage();

    @Test void givesBackWhatWentInHoweverItCame() throws IOException {
        byte[] text = text(10_000);
        for (int size : new int[] {1, 2, 7, 100, 1000, 8191, 8192, 8193, 10_000}) {
            assertThat(roundTrip(text, size, 0)).as("pieces of " + size).isEqualTo(text);
            assertThat(roundTrip(text, size, 3)).as("pieces of " + size + ", flushed").isEqualTo(text);
        }
    }

    @Test void givesBackWhatCannotBeCompressed() throws IOException {
        byte[] noise = new byte[300_000];
        new SplittableRandom(1).nextBytes(noise);
        for (int size : new int[] {5_000, 8192, 65_536, noise.length}) {
            assertThat(roundTrip(noise, size, 0)).isEqualTo(noise);
            assertThat(roundTrip(noise, size, 1)).isEqualTo(noise);
        }
    }

    @Test void givesBackEveryLengthAtEveryFlush() throws IOException {
        byte[] noise = new byte[8300];
        new SplittableRandom(2).nextBytes(noise);
        for (int length = 8100; length < noise.length; length++) {
            byte[] start = new byte[length];
            System.arraycopy(noise, 0, start, 0, length);
            assertThat(roundTrip(start, length, 1)).isEqualTo(start);
        }
    }

    @Test void makesAWholeMemberOfNothing() throws IOException {
        assertThat(roundTrip(new byte[0], 1, 0)).isEmpty();
    }

    @Test void makesTextSmaller() throws IOException {
        byte[] text = text(100_000);
        roundTrip(text, 10_000, 0);
        assertThat(client.bytes().length).isLessThan(text.length / 2);
    }

    /** Else the events of a stream would wait for each other. */
    @Test void holdsNothingBackOnceAReadIsOver() throws DataFormatException {
        StringBuilder sent = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            String event = "data: " + i + "\n\n";
            sent.append(event);
            stage.body(buffer(event.getBytes(StandardCharsets.US_ASCII)), client);
            stage.readComplete(client);
            assertThat(new String(inflated(client.bytes(), sent.length()), StandardCharsets.US_ASCII))
                    .isEqualTo(sent.toString());
        }
        stage.close();
    }

    @Test void writesNothingForAReadThatBroughtNothing() {
        stage.readComplete(client);
        assertThat(client.bytes()).isEmpty();
        stage.body(buffer(new byte[] {1}), client);
        stage.readComplete(client);
        int size = client.bytes().length;
        stage.readComplete(client);
        assertThat(client.bytes()).hasSize(size);
        stage.end(client);
        size = client.bytes().length;
        stage.readComplete(client);
        assertThat(client.bytes()).hasSize(size);
        stage.close();
    }

    @Test void collectsSmallPiecesUntilThereIsAReadToEnd() {
        for (int i = 0; i < 100; i++) stage.body(buffer(new byte[] {'x'}), client);
        assertThat(client.pieces).isZero();
        stage.readComplete(client);
        assertThat(client.pieces).isEqualTo(1);
        stage.close();
    }

    @Test void freesWhatItHoldsWhenTheBodyIsNeverWhole() {
        stage.body(buffer(text(5000)), client);
        stage.close();
        stage.close();
    }

    /** A write to a client that has left ends the exchange, and this stage with it, before the write returns. */
    @Test void bearsToBeClosedByItsOwnWrites() throws IOException {
        byte[] noise = new byte[100_000];
        new SplittableRandom(3).nextBytes(noise);
        client.closes = stage;
        stage.body(buffer(noise), client);
        assertThat(client.pieces).isEqualTo(1);

        stage = stage();
        stage.body(buffer(text(100)), client);
        client.closes = stage;
        stage.readComplete(client);

        stage = stage();
        stage.body(buffer(text(100)), client);
        client.closes = stage;
        stage.end(client);

        client.closes = null;
        assertThat(roundTrip(noise, 1000, 1)).isEqualTo(noise);
    }

    /** @param flushEach reads end after so many pieces; 0 for none */
    private byte[] roundTrip(byte[] bytes, int size, int flushEach) throws IOException {
        stage.close();
        stage = stage();
        client.taken.reset();
        int pieces = 0;
        for (int at = 0; at < bytes.length; at += size) {
            byte[] piece = new byte[Math.min(size, bytes.length - at)];
            System.arraycopy(bytes, at, piece, 0, piece.length);
            stage.body(buffer(piece), client);
            if (flushEach > 0 && ++pieces % flushEach == 0) stage.readComplete(client);
        }
        stage.end(client);
        stage.close();
        return new GZIPInputStream(new ByteArrayInputStream(client.bytes())).readAllBytes();
    }

    private GzipStage stage() {
        return new GzipStage(deflaters, deflaters.acquire(), ByteBufAllocator.DEFAULT);
    }

    private static byte[] inflated(byte[] member, int most) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(member, HEADER, member.length - HEADER);
        byte[] out = new byte[most + 1];
        int length = inflater.inflate(out);
        inflater.end();
        byte[] exact = new byte[length];
        System.arraycopy(out, 0, exact, 0, length);
        return exact;
    }

    private static ByteBuf buffer(byte[] bytes) {
        return ByteBufAllocator.DEFAULT.directBuffer(bytes.length + 3).writeZero(3).skipBytes(3).writeBytes(bytes);
    }

    private static byte[] text(int length) {
        SplittableRandom random = new SplittableRandom(length);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) text.append("{\"id\": ").append(random.nextInt(1000)).append("}, ");
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    /** A client that keeps what it gets. */
    private static final class Taken implements Side {
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        int pieces;
        GzipStage closes;

        byte[] bytes() {
            return taken.toByteArray();
        }

        @Override public void body(ByteBuf data) {
            assertThat(data.isReadable()).isTrue();
            byte[] piece = new byte[data.readableBytes()];
            data.readBytes(piece).release();
            taken.writeBytes(piece);
            pieces++;
            if (closes != null) closes.close();
        }

        @Override public void end(Head trailers) {
            throw new AssertionError();
        }

        @Override public void flush() {
            throw new AssertionError();
        }

        @Override public boolean writable() {
            throw new AssertionError();
        }

        @Override public void reading(boolean wanted) {
            throw new AssertionError();
        }
    }
}
