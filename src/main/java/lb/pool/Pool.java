package lb.pool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import lb.config.BackendConfig;
import lb.config.PoolConfig;
import lb.config.Units;
import lb.config.WhenNoneEligible;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named group of interchangeable backends and the prepared answer to "who gets the next request".
 *
 * <p>Threading: membership and status change on the control thread; {@link #pick} runs on any event loop without a
 * lock. A pool whose config changed is a new object with the old backends in it.
 */
public final class Pool {
    private static final Logger log = LoggerFactory.getLogger(Pool.class);
    private static final long RAMP_NANOS = Duration.ofMillis(200).toNanos();

    private final PoolConfig config;
    private final List<Backend> backends;
    private final Balancer balancer;
    private final Executor controlThread;
    private final LongAdder unserved = new LongAdder();
    private final Retries retries;
    private final WaitingLine line;
    private final ServingTold told = new ServingTold(this);

    private volatile Tiers tiers = Tiers.NONE;
    private volatile int eligibleCount;             // written on the control thread only
    private boolean rebuildPending;
    private boolean starting;                       // somebody is in a slow start
    private boolean sharesChanged;
    private long sharedNanos;
    private StatusObserver observer;

    /**
     * @param backends      in the order of the config
     * @param controlThread runs a rebuild soon after a change, so that a thousand flips cost one
     */
    public Pool(PoolConfig config, List<Backend> backends, Balancer balancer, Executor controlThread) {
        this(config, backends, balancer, controlThread, null);
    }

    /** The same. @param before the pool whose place it takes, with its waiting line and its retries; or null */
    public Pool(PoolConfig config, List<Backend> backends, Balancer balancer, Executor controlThread, Pool before) {
        this.config = config;
        retries = before == null ? new Retries() : before.retries;
        line = before == null ? new WaitingLine() : before.line;
        this.backends = List.copyOf(backends);
        this.balancer = balancer;
        this.controlThread = controlThread;
    }

    /** Control thread. Takes its backends over: from now on their flips are this pool's to log and to heed. */
    public void open() {
        open((backend, was, now) -> {});
    }

    /** Control thread. The same. @param observer told of every later change of a status, on the control thread */
    public void open(StatusObserver observer) {
        this.observer = observer;
        line.pool(this);
        retries.share(config.retry().budget());
        // one that is added beside others starts slowly; when all are new, nobody is there to do its work meanwhile
        boolean others = false;
        for (Backend backend : backends) others |= backend.known();
        for (Backend backend : backends) {
            boolean known = backend.known();
            backend.joined(this);
            if (others && !known) backend.startSlowly();
            starting |= backend.starting();
            count(backend);
        }
        for (int i = 0; i < backends.size(); i++) {
            backends.get(i).reconfigure(config.backends().get(i));
            count(backends.get(i));                 // a new weight changes no status, but may make it eligible
        }
        rebuild();
    }

    /** Control thread. Lets go of the backends that no newer pool has taken over; their flips are nobody's news. */
    public void close() {
        for (Backend backend : backends) {
            if (backend.pool() == this) backend.joined(null);
        }
    }

    public String name() {
        return config.name();
    }

    public PoolConfig config() {
        return config;
    }

    /** In the order of the config. */
    public List<Backend> backends() {
        return backends;
    }

    public Balancer balancer() {
        return balancer;
    }

    /**
     * How many may be picked now, backups included: right at once after a flip, while the picker follows a moment
     * later. Any thread.
     */
    public int eligibleCount() {
        return eligibleCount;
    }

    /** What became of failed attempts, and how many more retries it can afford. */
    public Retries retries() {
        return retries;
    }

    /** Those who wait for a connection while every backend is full. */
    public WaitingLine line() {
        return line;
    }

    /** Requests that found nobody eligible. */
    public long unserved() {
        return unserved.sum();
    }

    /**
     * The backend for a request, or null when none is eligible. A full one only when all are full.
     *
     * @param affinity handed to the picker
     */
    public Backend pick(long affinity) {
        Backend picked = tiers.pick(affinity);
        if (picked != null && mayServe(picked) && !picked.full()) return picked;
        // a flip is seen here at once, the picker is rebuilt a moment later
        Backend other = pickOther(affinity, List.of());
        if (other == null) unserved.increment();
        return other;
    }

    /**
     * An eligible backend that is not in {@code tried}, or null when there is none. A full one only when all are full.
     * A request that has tried every primary goes to a backup; where primaries are only full, it does not.
     *
     * @param tried few: the backends of earlier attempts
     */
    public Backend pickOther(long affinity, List<Backend> tried) {
        return tiers.pickOther(affinity, tried, this::mayServe);
    }

    /** Any thread. Who gets how much, the preferred first; without those of whom nobody may be picked. */
    public List<TierShare> shares() {
        return tiers.shares();
    }

    /** Any thread. What the tier of a backend gets; null when it may not be picked. */
    public TierShare shareOf(Backend backend) {
        return tiers.shareOf(backend);
    }

    /** Any event loop. True when it may be picked, while nobody is eligible also because the pool then uses all. */
    public boolean mayServe(Backend backend) {
        return backend.eligible() || eligibleCount == 0 && usesAll() && backend.wanted();
    }

    /**
     * Any event loop. True when a request of a session that the backend has may go to it: as {@link #mayServe}, but
     * also while it drains, until {@code timeouts.drain} is over.
     */
    public boolean mayServeSessionsOf(Backend backend) {
        return backend.keepsSessions() || mayServe(backend);
    }

    private boolean usesAll() {
        return config.whenNoneEligible() == WhenNoneEligible.USE_ALL;
    }

    /**
     * Control thread; a few times a second. Lets those in a slow start have what they have earned. The picker is built
     * anew at most each 200 ms for it.
     */
    public void ramp(long nowNanos) {
        if (!starting) return;
        starting = false;
        for (Backend backend : backends) {
            sharesChanged |= backend.ramp();
            starting |= backend.starting();
        }
        if (!sharesChanged || starting && nowNanos - sharedNanos < RAMP_NANOS) return;
        sharedNanos = nowNanos;
        rebuild();
    }

    /** Control thread; called by its backends. */
    void statusChanged(Backend backend, Status was, Status now, String cause, Duration lasted) {
        if (!rebuildPending) {
            rebuildPending = true;
            controlThread.execute(this::follow);
        }
        starting |= backend.starting();
        count(backend);
        String text = "pool={} backend={} {} -> {}: {}; {} of {} backends left; was {} for {}";
        Object[] values = {
            name(), backend.id(), was, now, cause, eligibleCount, backends.size(), was, Units.show(lasted)
        };
        if (now == Status.DOWN || now == Status.EJECTED) {
            log.warn(text, values);
        } else {
            log.info(text, values);
        }
        observer.statusChanged(backend, was, now);
    }

    /** Counting all of them at each flip would take 10⁸ looks when 10,000 backends go down together. */
    private void count(Backend backend) {
        int change = backend.countedAgain();
        if (change != 0) eligibleCount += change;
    }

    /** After a flip; but a reload may have replaced this pool meanwhile, and the next one knows of it already. */
    private void follow() {
        rebuildPending = false;
        if (line.pool() == this) rebuild();
    }

    private void rebuild() {
        sharesChanged = false;
        Tiers built = tiers(Backend::eligible);
        boolean all = built.isEmpty() && usesAll();
        if (all) built = tiers(Backend::wanted);
        tiers = built;
        if (all) told.all(built);
        else told.eligible(built);
        line.signal();
    }

    private Tiers tiers(Predicate<Backend> mayServe) {
        return Preference.over(backends, mayServe, config.preference(), balancer);
    }
}
