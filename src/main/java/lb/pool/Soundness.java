package lb.pool;

/**
 * What probes and real requests say of one backend, and why; kept in mind while the operator has it out.
 *
 * <p>Threading: control thread; {@link #sound} for anyone.
 */
final class Soundness {
    private boolean healthy = true;
    private boolean ejected;
    private String whyDown = "";
    private String whyEjected = "";
    private volatile boolean sound = true;

    /** What the health checker found. @return false when that is nothing new */
    boolean healthy(boolean now, String cause) {
        if (healthy == now) return false;
        healthy = now;
        whyDown = cause;
        sound = healthy && !ejected;
        return true;
    }

    /** It is out for its answers to real requests, or back. @return false when that is nothing new */
    boolean ejected(boolean now, String cause) {
        if (ejected == now) return false;
        ejected = now;
        whyEjected = cause;
        sound = healthy && !ejected;
        return true;
    }

    boolean healthy() {
        return healthy;
    }

    /** Neither its probes nor its answers speak against it. */
    boolean sound() {
        return sound;
    }

    /** For as long as the operator wants it in: DOWN wins over EJECTED. */
    Status status() {
        return !healthy ? Status.DOWN : ejected ? Status.EJECTED : Status.UP;
    }

    /** Why it is DOWN or EJECTED; only then. */
    String cause() {
        return healthy ? whyEjected : whyDown;
    }
}
