package lb.health;

/**
 * What one probe found.
 *
 * @param reason why it failed or was skipped, such as {@code connection refused}; what it saw when it passed
 */
record ProbeResult(Kind kind, String reason) {
    /** SKIPPED says nothing about the backend: lb itself could not ask. */
    enum Kind { PASSED, FAILED, SKIPPED }

    static ProbeResult passed(String saw) {
        return new ProbeResult(Kind.PASSED, saw);
    }

    static ProbeResult failed(String reason) {
        return new ProbeResult(Kind.FAILED, reason);
    }

    static ProbeResult skipped(String reason) {
        return new ProbeResult(Kind.SKIPPED, reason);
    }
}
