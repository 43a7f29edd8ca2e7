package lb.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** A disk that is full for a while. */
class LineOutputTest {
    private final ByteArrayOutputStream disk = new ByteArrayOutputStream();
    private final Disk channel = new Disk();
    private final LineOutput out = new LineOutput(channel);
    private int room = Integer.MAX_VALUE;

    /** Takes what there is room for, as a file does, and fails when there is none. */
    private final class Disk implements WritableByteChannel {
        @Override public int write(ByteBuffer source) throws IOException {
            int length = Math.min(room, source.remaining());
            if (length == 0) throw new IOException("No space left on device");
            room -= length;
            for (int i = 0; i < length; i++) disk.write(source.get());
            return length;
        }

        @Override public boolean isOpen() {
            return true;
        }

        @Override public void close() {}
    }

    @Test void endsALineThatBrokeOffBeforeItWritesTheNext() throws IOException {
        room = 4;
        refused("abcdef\n");
        refused("ghijkl\n");
        room = 100;
        write("mnopqr\n");
        assertThat(disk.toString(StandardCharsets.UTF_8)).isEqualTo("abcd\nmnopqr\n");
    }

    @Test void addsNothingWhereAWholeLineWasTheLastThatFitted() throws IOException {
        room = 3;
        refused("ab\ncd\n");
        room = 100;
        write("ef\n");
        assertThat(disk.toString(StandardCharsets.UTF_8)).isEqualTo("ab\nef\n");
    }

    @Test void endsALineWhoseFirstPartWasWrittenBefore() throws IOException {
        write("ab\nc");
        room = 0;
        refused("d\n");
        room = 100;
        write("ef\n");
        assertThat(disk.toString(StandardCharsets.UTF_8)).isEqualTo("ab\nc\nef\n");
    }

    @Test void writesMoreThanOnePieceInOrder() throws IOException {
        String lines = "0123456789abcde\n".repeat(10_000);
        write(lines);
        assertThat(disk.toString(StandardCharsets.UTF_8)).isEqualTo(lines);
    }

    @Test void whatIsLostIsCountedAndTheNextIsWritten() throws IOException {
        LineTarget target = new LineTarget();
        LaneRing ring = new LaneRing(64);
        LongAdder lost = new LongAdder();
        room = 4;
        offer(ring, "abcdef\n");
        offer(ring, "ghijkl\n");
        try {
            ring.drain(target);
        } catch (LaneRing.Lost e) {
            lost.add(e.records());
        }
        room = 100;
        offer(ring, "mnopqr\n");
        ring.drain(target);
        assertThat(lost.sum()).isEqualTo(2);
        assertThat(disk.toString(StandardCharsets.UTF_8)).isEqualTo("abcd\nmnopqr\n");
    }

    private final class LineTarget implements LogTarget {
        @Override public void write(byte[] bytes, int start, int length) throws IOException {
            out.write(bytes, start, length);
        }

        @Override public void close() {}
    }

    private static void offer(LaneRing ring, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        assertThat(ring.offer(bytes, bytes.length)).isPositive();
    }

    private void write(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
    }

    private void refused(String text) {
        assertThatThrownBy(() -> write(text)).isInstanceOf(IOException.class).hasMessage("No space left on device");
    }
}
