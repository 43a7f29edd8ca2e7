package lb;

/** A config is right but cannot take effect here, and nothing has changed; the message is for the operator. */
public final class ReloadFailure extends Exception {
    private static final long serialVersionUID = 1;

    ReloadFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
