package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutBatchTest {
    private final List<ByteBuf> sent = new ArrayList<>();
    private final OutBatch out = new OutBatch(UnpooledByteBufAllocator.DEFAULT, sent::add);

    @AfterEach void release() {
        sent.forEach(ByteBuf::release);
    }

    @Test void sendsAHeadAndASmallBodyTogether() {
        head("head ");
        ByteBuf body = text("body");
        out.add(body);
        out.write();
        assertThat(sent).hasSize(1);
        assertThat(all()).isEqualTo("head body");
        assertThat(body.refCnt()).isZero();
    }

    @Test void passesALargeBodyAsItIs() {
        head("head ");
        ByteBuf body = text("b".repeat(2049));
        out.add(body);
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).isSameAs(body);
        assertThat(all()).isEqualTo("head " + "b".repeat(2049));
    }

    @Test void passesASmallBodyAsItIsWhenNothingStandsBeforeIt() {
        ByteBuf body = text("body");
        out.add(body);
        assertThat(sent).containsExactly(body);
    }

    @Test void keepsTheOrderOfWhateverIsGiven() {
        Random random = new Random(7);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            String piece = String.valueOf((char) ('a' + i % 26))
                    .repeat(1 + random.nextInt(random.nextInt(20) == 0 ? 9000 : 90));
            expected.append(piece);
            switch (random.nextInt(3)) {
                case 0 -> head(piece);
                case 1 -> out.add(text(piece));
                default -> {
                    head(piece);
                    out.write();
                }
            }
        }
        out.write();
        assertThat(all()).isEqualTo(expected.toString());
    }

    @Test void hasTheRoomThatWasAskedFor() {
        for (int bytes : new int[] {1, 20, 2048, 2049, 16_400, 100_000}) {
            ByteBuf room = out.room(bytes);
            assertThat(room.writableBytes()).isGreaterThanOrEqualTo(bytes);
            room.writeZero(bytes);
        }
        out.write();
    }

    @Test void writesNothingTwice() {
        head("a");
        out.write();
        out.write();
        assertThat(sent).hasSize(1);
    }

    @Test void freesWhatWasNotHandedOver() {
        ByteBuf room = out.room(10);
        out.close();
        out.close();
        out.write();
        assertThat(room.refCnt()).isZero();
        assertThat(sent).isEmpty();
    }

    private void head(String text) {
        out.room(text.length()).writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    private String all() {
        StringBuilder all = new StringBuilder();
        for (ByteBuf each : sent) all.append(each.toString(StandardCharsets.US_ASCII));
        return all.toString();
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
