package lb.listen;

/** A listener's address cannot be had; the message is for the operator. */
public final class CannotListen extends Exception {
    private static final long serialVersionUID = 1;

    CannotListen(String message, Throwable cause) {
        super(message, cause);
    }
}
