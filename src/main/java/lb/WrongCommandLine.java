package lb;

/** The command line makes no sense; the message says why. */
final class WrongCommandLine extends Exception {
    private static final long serialVersionUID = 1;

    WrongCommandLine(String message) {
        super(message);
    }
}
