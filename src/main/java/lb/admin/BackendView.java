package lb.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lb.pool.Backend;

/**
 * A backend at one moment. Immutable.
 *
 * @param status    as in {@link lb.pool.Status}
 * @param since     when it became that
 * @param lasting   since then
 * @param cause     why it became that
 * @param priority  as in {@link lb.config.BackendConfig#priority}
 * @param zone      where it stands, or null
 * @param share     how far it is in its slow start, in tenths: 1–10, the latter when it is in none
 * @param inFlight  attempts now
 * @param requests  attempts ever
 * @param failures  attempts that failed by its fault
 * @param latency   how long it takes to answer, zero as long as nobody knows
 * @param responses final ones of 1xx to 5xx, in this order
 * @param health    or null when it is not probed
 * @param traffic   or null when its pool ejects nobody
 */
public record BackendView(
        String id,
        String address,
        String status,
        Instant since,
        Duration lasting,
        String cause,
        int weight,
        int priority,
        String zone,
        int share,
        int inFlight,
        int connections,
        int idleConnections,
        long requests,
        long failures,
        Duration latency,
        List<Long> responses,
        Health health,
        Traffic traffic) {

    /**
     * What its probes found out.
     *
     * @param lastResult  in plain words, or null before the first
     * @param lastProbeAt or null before the first
     * @param probes      ever
     * @param failures    of those
     */
    public record Health(String lastResult, Instant lastProbeAt, long probes, long failures) {}

    /**
     * What real requests found out.
     *
     * @param failuresInARow  up to now
     * @param ejectedUntil    when its ejection ends by time, or null while it is not ejected
     * @param ejectionsInARow that are not forgiven yet, the present one included
     */
    public record Traffic(int failuresInARow, Instant ejectedUntil, int ejectionsInARow) {}

    public BackendView {
        if (responses.size() != 5) throw new IllegalArgumentException("responses: " + responses + " (expected: 5)");
        responses = List.copyOf(responses);
    }

    /** Any thread. @param health or null when it is not probed @param traffic or null when nobody is ejected */
    public static BackendView of(Backend backend, Health health, Traffic traffic) {
        Backend.Since since = backend.since();
        return new BackendView(backend.id(), backend.address(), backend.status().name(), since.at(),
                Duration.ofNanos(System.nanoTime() - since.nanos()), since.cause(), backend.weight(),
                backend.config().priority(), backend.config().zone(), backend.share(),
                backend.inFlight(), backend.connections(), backend.idleConnections(),
                backend.requests(), backend.failures(),
                Duration.ofNanos((long) backend.latencyNanos()),
                List.of(backend.responses(1), backend.responses(2), backend.responses(3), backend.responses(4),
                        backend.responses(5)), health, traffic);
    }
}
