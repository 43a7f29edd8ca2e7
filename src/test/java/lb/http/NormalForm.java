package lb.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** Writes an accepted message as the sides write it on: without hop-by-hop fields, framed anew. */
final class NormalForm {
    /** Without the leak detector, whose price would be most of a fuzzer's time. */
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(false, true);
    private static final byte[] HOST = ascii("Host: ");
    private static final byte[] NO_HOST = ascii("Host: backend\r\n");
    private static final byte[] CRLF = ascii("\r\n");

    private NormalForm() {}

    /** As it goes to a backend that sees the client's host. */
    static byte[] ofRequest(Received request) {
        Head head = request.head();
        HopByHop.removeFromRequest(head);
        if (head.hostEnd() == head.hostStart()) {
            head.append(NO_HOST);
        } else if (head.absolute()) {
            head.removeAll(FieldName.HOST);
            head.append(HOST);
            head.appendOwn(head.hostStart(), head.hostEnd());
            head.append(CRLF);
        }
        FramingLines.append(head, head.framing());
        return written(request, head.framing(), true);
    }

    /** As it goes to a client that speaks HTTP/1.1. */
    static byte[] ofResponse(Received response) {
        Head head = response.head();
        HopByHop.removeFromResponse(head);
        Framing framing = head.framing() == Framing.UNTIL_CLOSE ? Framing.CHUNKED : head.framing();
        FramingLines.append(head, framing);
        return written(response, framing, false);
    }

    private static byte[] written(Received message, Framing framing, boolean request) {
        ByteBuf all = Unpooled.buffer();
        OutBatch out = new OutBatch(ALLOCATOR, data -> {
            all.writeBytes(data);
            data.release();
        });
        Head head = message.head();
        BodyWriter body = new BodyWriter();
        body.begin(framing);
        if (request) HeadWriter.request(head, out.room(head.size()));
        else HeadWriter.response(head, out.room(head.size()));
        byte[] bytes = message.body();
        if (bytes.length > 0) body.body(Unpooled.wrappedBuffer(bytes), out);
        body.end(message.trailers(), out);
        out.write();
        byte[] written = new byte[all.readableBytes()];
        all.readBytes(written).release();
        return written;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
