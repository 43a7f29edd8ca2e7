package lb.config;

/** What becomes of requests while no backend of a pool is eligible. */
public enum WhenNoneEligible {
    /** They are answered 503 at once, with a Retry-After. */
    FAIL("fail"),
    /** They go to any backend that the operator wants in, whatever is known of it: an answer is not impossible. */
    USE_ALL("useAll");

    private final String word;

    WhenNoneEligible(String word) {
        this.word = word;
    }

    /** As it stands in a file. */
    public String word() {
        return word;
    }
}
