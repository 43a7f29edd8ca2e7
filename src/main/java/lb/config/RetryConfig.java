package lb.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * @param attempts all attempts at one request together; 1–10, default 2; 1 never tries again. Up to three backends that
 *                 could not be connected to are not counted
 * @param connect  try again when no connection could be had, so that nothing was sent; default true
 * @param reset    try again when a connection was lost before an answer byte, idempotent methods only; default true
 * @param timeout  try again when the answer did not begin in time, idempotent methods only; default false
 * @param statuses try again instead of passing on such an answer, idempotent methods only; 429, 500–599; default none
 * @param within   no attempt begins later than that after the request's head; up to 30 days, default 10s
 * @param budget   retries of a pool as a share of its requests of the last ten seconds, without those after a failed
 *                 connect; 0–1, default 0.2
 */
public record RetryConfig(int attempts, boolean connect, boolean reset, boolean timeout, Set<Integer> statuses,
        Duration within, double budget) {
    public static final int MAX_ATTEMPTS = 10;
    public static final RetryConfig DEFAULT = new RetryConfig(2, true, true);
    public static final RetryConfig NEVER = new RetryConfig(1, false, false);

    public RetryConfig {
        Bounds.within("attempts", attempts, 1, MAX_ATTEMPTS);
        Bounds.within("within", within, Timeouts.MAX);
        if (!(budget >= 0 && budget <= 1)) {
            throw new IllegalArgumentException("budget: " + budget + " (expected: 0–1)");
        }
        for (int status : statuses) {
            if (mayList(status)) continue;
            throw new IllegalArgumentException("statuses: " + status + " (expected: 429, 500–599)");
        }
        statuses = Collections.unmodifiableSet(new TreeSet<>(statuses));
    }

    /** With the defaults of the rest. */
    public RetryConfig(int attempts, boolean connect, boolean reset) {
        this(attempts, connect, reset, false, Set.of(), Duration.ofSeconds(10), 0.2);
    }

    /** True for statuses by which a backend says that it could not, not that the request was wrong. */
    public static boolean mayList(int status) {
        return status == 429 || status >= 500 && status <= 599;
    }

    /** The words that stand in the file, such as {@code connect} and {@code 503}. */
    public List<String> on() {
        List<String> words = new ArrayList<>();
        if (connect) words.add("connect");
        if (reset) words.add("reset");
        if (timeout) words.add("timeout");
        for (int status : statuses) words.add("" + status);
        return words;
    }
}
