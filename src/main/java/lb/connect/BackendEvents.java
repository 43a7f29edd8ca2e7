package lb.connect;

import io.netty.buffer.ByteBuf;
import lb.http.Failure;
import lb.http.Head;

/** What a backend side tells the exchange that holds it. Event loop only; nothing comes after {@link #backendLost}. */
public interface BackendEvents {
    /** An interim or the final head. @param head the callee's now */
    void responseHead(Head head);

    /** @param data the callee's now; never empty. After a 101: bytes of the tunnel */
    void responseBody(ByteBuf data);

    /** The response is whole, or in a tunnel: the backend sends no more. @param trailers the callee's now, or null */
    void responseEnd(Head trailers);

    /** What could be read at this time was read. */
    void responseReadComplete();

    /** The backend's writability changed. */
    void backendWritable();

    /** The backend was found to be down while not a byte of the answer had come; the connection still stands. */
    void backendDown();

    /** The connection is of no more use: it broke, timed out or spoke nonsense. */
    void backendLost(Failure failure);
}
