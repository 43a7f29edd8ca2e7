package lb.health;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import lb.config.HealthConfig;
import lb.config.Units;
import lb.pool.Backend;
import lb.pool.Pool;

/**
 * Finds backends whose process is frozen, where the health check cannot: a TCP check passes there, as the kernel goes
 * on taking connections, and some backends are not checked at all. One that gives no byte to exchanges is asked for a
 * {@link SignOfLife}, and ejected when it gives none: neither witness would be enough, since a slow answer is no death.
 * It is not taken for down: its probes would bring it back at once, and of a pool that is merely slow nobody would be
 * left, where ejections have their limits.
 *
 * <p>Threading: control thread, which also carries the questions' connections.
 */
public final class SilentBackends {
    /** A backend that is alive reacts to a request without work in a fraction of it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** From the start of one question to the same backend to the next. */
    private static final long AGAIN_NANOS = Duration.ofSeconds(2).toNanos();
    /** Questions under way or asked just now, each with one descriptor at most. Silence goes on: others come later. */
    private static final int MAX_QUESTIONS = 100;
    private static final String EVIDENCE = "answers nobody: not a byte within " + Units.show(PATIENCE)
            + ", neither to exchanges nor to OPTIONS *";

    /** Asks a backend for a sign of life. Told exactly once, never before this has returned. */
    @FunctionalInterface
    interface Asking {
        Prober.Probe start(Backend backend, Duration patience, Consumer<SignOfLife.Finding> whenDone);
    }

    private final EventLoop control;
    private final Asking asking;
    private final LongSupplier nanoClock;
    private final TrafficWatch traffic;
    private final Map<Backend, Question> questions = new HashMap<>();

    /**
     * @param control   the control thread
     * @param bootstrap with {@code control} as its group, a channel type and a resolver that does not block
     * @param nanoClock monotonic
     * @param traffic   ejects those that are silent
     */
    public SilentBackends(EventLoop control, Bootstrap bootstrap, LongSupplier nanoClock, TrafficWatch traffic) {
        this(control, over(control, bootstrap), nanoClock, traffic);
    }

    SilentBackends(EventLoop control, Asking asking, LongSupplier nanoClock, TrafficWatch traffic) {
        this.control = control;
        this.asking = asking;
        this.nanoClock = nanoClock;
        this.traffic = traffic;
    }

    private static Asking over(EventLoop control, Bootstrap bootstrap) {
        return (backend, patience, whenDone) ->
                new SignOfLife(backend, patience, control, whenDone).start(bootstrap.clone());
    }

    /** Control thread. Exchanges wait at this backend, and none gets a byte. May be said again and again. */
    public void suspect(Backend backend) {
        assert control.inEventLoop();
        long now = nanoClock.getAsLong();
        questions.values().removeIf(question -> question.over(now));
        if (questions.containsKey(backend) || questions.size() >= MAX_QUESTIONS || !worthAsking(backend)) return;
        Question question = new Question(backend, now);
        questions.put(backend, question);
        question.start();
    }

    /** Where silence would be found by nobody else, and could have a consequence. */
    private boolean worthAsking(Backend backend) {
        Pool pool = backend.pool();
        if (pool == null || !backend.eligible() || pool.eligibleCount() < 2) return false;
        HealthConfig health = pool.config().health();
        return pool.config().outlier() != null && (health == null || health.path() == null);
    }

    /** Control thread. Closes all connections. */
    public void stop() {
        assert control.inEventLoop();
        questions.values().forEach(Question::abandon);
        questions.clear();
    }

    /** What is asked of one backend now, or was a moment ago. */
    private final class Question {
        private final Backend backend;
        private final long startedNanos;
        private final long goodBefore;
        private Prober.Probe probe;                 // null once it has ended

        Question(Backend backend, long nowNanos) {
            this.backend = backend;
            startedNanos = nowNanos;
            goodBefore = backend.good();
        }

        void start() {
            probe = asking.start(backend, PATIENCE, this::done);
        }

        private void done(SignOfLife.Finding finding) {
            probe = null;
            // a busy one may have answered an exchange before it would have come to this question
            if (finding == SignOfLife.Finding.SILENT && backend.good() == goodBefore) traffic.silent(backend, EVIDENCE);
        }

        boolean over(long nowNanos) {
            return probe == null && nowNanos - startedNanos >= AGAIN_NANOS;
        }

        void abandon() {
            if (probe != null) probe.abandon();
        }
    }
}
