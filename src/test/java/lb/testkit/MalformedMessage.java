package lb.testkit;

/** A peer wrote something that is not HTTP/1.1: always a fault of the one who wrote it, so it fails the test. */
public final class MalformedMessage extends AssertionError {
    private static final long serialVersionUID = 1L;

    MalformedMessage(String message) {
        super(message);
    }
}
