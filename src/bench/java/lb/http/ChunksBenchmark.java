package lb.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the chunks of a 16 KiB body cost, in nanoseconds for the whole body: taking them apart, the response's head
 * included, and framing the data anew. With {@code -prof gc}, bytes allocated; reading needs none.
 *
 * <pre>
 * mvn -q -Pbench -DskipTests test-compile exec:exec -Dbench=ChunksBenchmark "-Dbench.options=-prof gc"
 * Java 17, a short run on a busy machine: reading 10.2 µs, 0 B (128) and 1.5 µs, 0 B (4096);
 * writing 23 µs, 1,046 B (128) and 3.7 µs, 581 B (4096)
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ChunksBenchmark implements MessageReader.Sink {
    private static final int BODY = 16 << 10;
    private static final HeadLimits LIMITS = new HeadLimits(16 << 10, 100, 8 << 10);

    /** Bytes of data in each. */
    @Param({"128", "4096"})
    int chunk;

    private final Heads heads = new Heads();
    private final MessageReader reader = MessageReader.ofResponses(LIMITS, heads, this);
    private final BodyWriter writer = new BodyWriter();
    private final OutBatch out = new OutBatch(PooledByteBufAllocator.DEFAULT, this::sent);
    private ByteBuf message;
    private ByteBuf piece;
    private long data;
    private long sent;

    @Setup public void build() {
        String line = Integer.toHexString(chunk) + "\r\n";
        String body = (line + "x".repeat(chunk) + "\r\n").repeat(BODY / chunk) + "0\r\n\r\n";
        byte[] bytes = ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        message = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
        piece = Unpooled.directBuffer(chunk).writeZero(chunk);
        if (reading() != BODY || writing() <= BODY) throw new AssertionError("not what is to be measured");
    }

    @Benchmark public long reading() {
        reader.next(false);
        // the reader releases what it has read
        reader.read(message.readerIndex(0).retain());
        return data;
    }

    @Benchmark public long writing() {
        writer.begin(Framing.CHUNKED);
        for (int i = 0; i < BODY / chunk; i++) writer.body(piece.readerIndex(0).retain(), out);
        writer.end(null, out);
        out.write();
        return sent;
    }

    private void sent(ByteBuf bytes) {
        sent += bytes.readableBytes();
        bytes.release();
    }

    @Override public void messageHead(Head head) {
        heads.release(head);
    }

    @Override public void messageBody(ByteBuf bytes) {
        data += bytes.readableBytes();
        bytes.release();
    }

    @Override public void messageEnd(Head trailers) {}

    @Override public void malformed(Failure failure) {
        throw new AssertionError(failure);
    }
}
