package lb.connect;

import lb.http.Head;
import lb.http.Side;
import lb.pool.Backend;

/** The backend's side of one exchange at a time. Event loop only. */
public interface BackendSide extends Side {
    Backend backend();

    /** True when it has carried an exchange before: a loss before the first answer byte may be nobody's fault. */
    boolean reused();

    /**
     * The request begins.
     *
     * @param head edited, with the framing lines that go to the backend; the caller's still
     */
    void request(Head head);

    /** The body of this response is more work than to pass it on: it is read in small pieces, one at a time. */
    default void sparingly() {}

    /** The response head was a 101: from now on bytes pass as they are, both ways. */
    void tunnel();

    /** True when at least one byte of the response came. */
    boolean answering();

    /** The exchange is over for this side. It is kept for the next one if both messages are whole, else closed. */
    void finish();

    /**
     * The response is not wanted: the exchange has no more to do with this side. What is left of the response is read
     * and dropped, if that is little, so that the side is kept; else it is closed.
     */
    void discard();

    /** The exchange is over for this side and it is closed at once. */
    void abort();
}
