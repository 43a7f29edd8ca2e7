package lb;

/** What the process ends with. */
final class ExitCode {
    /** Ended as asked. */
    static final int OK = 0;
    static final int CONFIG_REFUSED = 1;
    /** A running lb was asked and is not ready, or a demo hid less than it should. */
    static final int NOT_AS_HOPED = 1;
    static final int WRONG_COMMAND_LINE = 2;
    /** A port is in use, a transport is missing. */
    static final int COULD_NOT_START = 4;
    static final int BUG = 70;

    private ExitCode() {}
}
