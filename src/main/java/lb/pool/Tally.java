package lb.pool;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What one backend was asked and what it answered, in numbers. Threading: any thread, without a lock. */
final class Tally {
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder requests = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder[] responses = new LongAdder[6];

    Tally() {
        for (int i = 0; i < responses.length; i++) responses[i] = new LongAdder();
    }

    void begin() {
        inFlight.getAndIncrement();
        requests.increment();
    }

    void end() {
        inFlight.getAndDecrement();
    }

    /** @param group of the status: 1–5; whatever else counts as 0 */
    void answered(int group) {
        responses[group < responses.length ? group : 0].increment();
    }

    void failed() {
        failures.increment();
    }

    int inFlight() {
        return inFlight.get();
    }

    long requests() {
        return requests.sum();
    }

    long failures() {
        return failures.sum();
    }

    /** @param group 0–5 */
    long responses(int group) {
        return responses[group].sum();
    }

    long responses() {
        long all = 0;
        for (LongAdder each : responses) all += each.sum();
        return all;
    }
}
