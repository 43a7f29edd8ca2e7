package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The steps between the pieces of data; which lines are accepted stands in the vectors. */
class ChunkReaderTest {
    private final ChunkReader chunks = new ChunkReader();

    @Test void stepsFromDataToDataToTheLastChunk() {
        chunks.begin();
        ByteBuf in = text("3\r\nabc\r\n2;x\r\nde\r\n0\r\nrest");
        assertThat(chunks.step(in)).isEqualTo(ChunkReader.Step.DATA);
        assertThat(chunks.data()).isEqualTo(3);
        in.skipBytes(2);
        chunks.taken(2);
        assertThat(chunks.step(in)).isEqualTo(ChunkReader.Step.DATA);
        assertThat(chunks.data()).isOne();
        in.skipBytes(1);
        chunks.taken(1);
        assertThat(chunks.step(in)).isEqualTo(ChunkReader.Step.DATA);
        in.skipBytes(2);
        chunks.taken(2);
        assertThat(chunks.step(in)).isEqualTo(ChunkReader.Step.LAST);
        assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("rest");
    }

    @Test void asksForMoreBeforeDataThatIsNotThere() {
        chunks.begin();
        assertThat(chunks.step(text("f"))).isEqualTo(ChunkReader.Step.MORE);
        assertThat(chunks.step(text("f\r"))).isEqualTo(ChunkReader.Step.MORE);
        assertThat(chunks.step(text("\n"))).isEqualTo(ChunkReader.Step.MORE);
        assertThat(chunks.step(text(""))).isEqualTo(ChunkReader.Step.MORE);
        assertThat(chunks.step(text("x"))).isEqualTo(ChunkReader.Step.DATA);
        assertThat(chunks.data()).isEqualTo(255);
    }

    @Test void beginsANewMessageWithoutMemoryOfTheLast() {
        chunks.begin();
        assertThat(chunks.step(text("1;" + "e".repeat(4000)))).isEqualTo(ChunkReader.Step.MORE);
        chunks.begin();
        assertThat(chunks.step(text("2;" + "e".repeat(4000) + "\r\nab"))).isEqualTo(ChunkReader.Step.DATA);
        assertThat(chunks.data()).isEqualTo(2);
    }

    @Test void readsFifteenDigitsThatCount() {
        chunks.begin();
        assertThat(chunks.step(text("fffffffffffffff\r\nx"))).isEqualTo(ChunkReader.Step.DATA);
        assertThat(chunks.data()).isEqualTo((1L << 60) - 1);
        chunks.begin();
        assertThat(chunks.step(text("1000000000000000\r\nx"))).isEqualTo(ChunkReader.Step.BAD);
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
