package lb;

/** lb cannot start; the message is for the operator. */
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1;

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
