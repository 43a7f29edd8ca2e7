package lb.balance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import lb.config.BackendConfig;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Hash;
import lb.pool.Picker;

/**
 * A pool under load, event by event on a clock of its own: requests come at random (Poisson) and each is worked on for
 * a random time (exponential) by one of a backend's eight workers, or waits for one. Seeded: every run is the same.
 */
final class Simulation {
    private static final int WORKERS = 8;
    private static final int CLIENTS = 5_000;
    private static final double MILLI = 1e6;

    /**
     * @param p50       milliseconds from request to answer
     * @param p99       the same
     * @param slowShare of the requests that the slow backend got, 0–1
     */
    record Result(double p50, double p99, double slowShare) {}

    private record Job(long arrived, long work) {}

    private record End(long at, int backend, Job job) implements Comparable<End> {
        @Override public int compareTo(End other) {
            return Long.compare(at, other.at);
        }
    }

    private final SplittableRandom random = new SplittableRandom(42);
    private final List<Backend> backends = new ArrayList<>();
    private final Map<Backend, Integer> numbers = new HashMap<>();
    private final List<Queue<Job>> waiting = new ArrayList<>();
    private final PriorityQueue<End> ends = new PriorityQueue<>();
    private final int[] working;
    private final double[] workMillis;
    private long now;

    private Simulation(double... workMillis) {
        this.workMillis = workMillis;
        working = new int[workMillis.length];
        for (int i = 0; i < workMillis.length; i++) {
            Backend backend = new Backend(
                    new BackendConfig("b" + i, "10.0.0.1", 80, 1, BackendConfig.State.READY), () -> now);
            numbers.put(backend, i);
            backends.add(backend);
            waiting.add(new ArrayDeque<>());
        }
    }

    /** Ten backends, of which the first takes 100 ms for a request and the others 10 ms; 600 requests a second. */
    static Result oneSlowOfTen(Balancer balancer) {
        double[] work = new double[10];
        Arrays.fill(work, 10);
        work[0] = 100;
        return new Simulation(work).run(balancer, 600, 40_000);
    }

    private Result run(Balancer balancer, double perSecond, int requests) {
        Picker picker = balancer.over(backends);
        double[] took = new double[requests];
        int ended = 0;
        int slow = 0;
        long next = 0;
        for (int begun = 0; ended < requests; ) {
            if (begun < requests && (ends.isEmpty() || next < ends.peek().at)) {
                now = next;
                Backend picked = picker.pick(Hash.next(random.nextInt(CLIENTS)));
                int number = numbers.get(picked);
                if (number == 0) slow++;
                picked.begin();
                waiting.get(number).add(new Job(now, exponential(workMillis[number] * MILLI)));
                work(number);
                begun++;
                next += exponential(1e9 / perSecond);
            } else {
                End end = ends.remove();
                now = end.at;
                took[ended++] = (now - end.job.arrived) / MILLI;
                backends.get(end.backend).answered(200, now - end.job.arrived);
                backends.get(end.backend).end();
                working[end.backend]--;
                work(end.backend);
            }
        }
        Arrays.sort(took);
        return new Result(took[requests / 2], took[requests * 99 / 100], (double) slow / requests);
    }

    private void work(int number) {
        Job job = working[number] < WORKERS ? waiting.get(number).poll() : null;
        if (job == null) return;
        working[number]++;
        ends.add(new End(now + job.work, number, job));
    }

    private long exponential(double mean) {
        return (long) (-Math.log(1 - random.nextDouble()) * mean);
    }
}
