package lb.pool;

/**
 * What follows a failed attempt, and why. The names are documented: counters and logs use them.
 *
 * <p>A verdict that leads to another attempt is named by what failed; one that does not, by what was in the way.
 */
public enum RetryVerdict {
    /** A kept connection was at its end, which is nobody's fault: the same backend on a new one, which is no retry. */
    STALE(Next.FRESH_CONNECTION, "stale"),

    CONNECT(Next.OTHER_BACKEND, "connect"),
    RESET(Next.OTHER_BACKEND, "reset"),
    TIMEOUT(Next.OTHER_BACKEND, "timeout"),
    STATUS(Next.OTHER_BACKEND, "status"),

    /** Not a failure that another attempt may mend, such as a malformed answer. */
    NEVER(Next.NONE, "never"),
    /** {@code retry.on} does not list it. */
    NOT_LISTED(Next.NONE, "not_listed"),
    /** Its bytes were sent, and doing it twice may do harm. */
    NOT_REPEATABLE(Next.NONE, "not_repeatable"),
    /** Its bytes were sent, and not all of them are still here. */
    BODY_GONE(Next.NONE, "body_gone"),
    /** {@code retry.attempts} were made. */
    ATTEMPTS(Next.NONE, "attempts"),
    /** As many backends as are tried could not be connected to. */
    UNREACHED(Next.NONE, "unreached"),
    /** {@code retry.within} is over. */
    LATE(Next.NONE, "late"),
    /** Nobody else is eligible. */
    NO_OTHER(Next.NONE, "no_other_backend"),
    /** Everybody else is at {@code connections.maxPerBackend}. */
    FULL(Next.NONE, "full"),
    /** {@code retry.budget} is used up. */
    BUDGET(Next.NONE, "budget");

    /** Where the request goes. */
    public enum Next { FRESH_CONNECTION, OTHER_BACKEND, NONE }

    private final Next next;
    private final String reason;

    RetryVerdict(Next next, String reason) {
        this.next = next;
        this.reason = reason;
    }

    public Next next() {
        return next;
    }

    /** The documented name. */
    public String reason() {
        return reason;
    }
}
