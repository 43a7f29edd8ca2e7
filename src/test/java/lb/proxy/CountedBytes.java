package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pieces of one endless sequence of bytes, so that whoever takes them sees what is missing, repeated or moved. */
final class CountedBytes {
    static final int LARGEST = 64 * 1024;
    private static final int PERIOD = 65_521;
    private static final byte[] SEQUENCE = new byte[PERIOD + LARGEST];

    static {
        for (int i = 0; i < SEQUENCE.length; i++) {
            int at = i % PERIOD;
            SEQUENCE[i] = (byte) (at * 7 ^ at >>> 8);
        }
    }

    private final List<ByteBuf> made = new ArrayList<>();

    /** @param size 1–{@link #LARGEST} */
    ByteBuf piece(long offset, int size) {
        ByteBuf piece = Unpooled.wrappedBuffer(SEQUENCE, (int) (offset % PERIOD), size);
        made.add(piece);
        return piece;
    }

    /** The piece is what stands at that offset. @param piece the caller's still */
    static void check(long offset, ByteBuf piece) {
        int from = (int) (offset % PERIOD);
        int size = piece.readableBytes();
        byte[] got = new byte[size];
        piece.getBytes(piece.readerIndex(), got);
        if (!Arrays.equals(got, 0, size, SEQUENCE, from, from + size)) {
            throw new AssertionError("not the bytes of offset " + offset);
        }
    }

    void checkAllAreFreed() {
        for (int i = 0; i < made.size(); i++) {
            assertThat(made.get(i).refCnt()).as("references to piece %d", i).isZero();
        }
    }
}
