package lb.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Frames a body anew for the side it goes to (RFC 9112 §7.1). Threading: one event loop. */
public final class BodyWriter {
    private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LINE = 20;
    private static final int CRLF = '\r' << 8 | '\n';

    private Framing framing = Framing.NONE;

    public void begin(Framing framing) {
        this.framing = framing;
    }

    /** @param data this writer's now; never empty */
    public void body(ByteBuf data, OutBatch out) {
        if (framing != Framing.CHUNKED) {
            out.add(data);
            return;
        }
        int size = data.readableBytes();
        ByteBuf line = out.room(LINE);
        hex(size, line);
        line.writeShort(CRLF);
        out.add(data);
        out.room(2).writeShort(CRLF);
    }

    /** @param trailers or null; the caller's still. Dropped where the framing has no place for them */
    public void end(Head trailers, OutBatch out) {
        if (framing == Framing.CHUNKED) {
            if (trailers == null) {
                out.room(LINE).writeBytes(LAST_CHUNK).writeShort(CRLF);
            } else {
                TrailerFields.dropUnfit(trailers);
                ByteBuf buffer = out.room(trailers.size() + LINE);
                buffer.writeBytes(LAST_CHUNK);
                HeadWriter.fields(trailers, buffer);
            }
        }
        framing = Framing.NONE;
    }

    private static void hex(int size, ByteBuf out) {
        int shift = Math.max(0, (31 - Integer.numberOfLeadingZeros(size)) & ~3);
        for (; shift >= 0; shift -= 4) out.writeByte(Character.forDigit(size >>> shift & 15, 16));
    }
}
