package lb.demo;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the demo's clients got, as one table.
 *
 * <pre>
 * backend   requests    share   errors       p50       p99
 * swift           94   37.8 %        0    2.9 ms    4.8 ms
 * </pre>
 *
 * Requests are answers that a client got from this backend; errors are attempts that this backend left without an
 * answer, after which lb asked again; times are as a client saw them, retries included.
 *
 * <p>Threading: filled on the demo's event loop, read by anyone once the load has stopped.
 */
public final class DemoReport {
    private static final String HEAD = "%-9s %9s %9s %9s %10s %10s%n";
    private static final String ROW = "%-9s %9d %7.1f %% %9d %7.1f ms %7.1f ms%n";

    private final Map<String, Latencies> answered = new LinkedHashMap<>();
    private long failed;
    private String firstFailure;

    /** @param backends every one that gets a row, in this order */
    DemoReport(Iterable<String> backends) {
        for (String backend : backends) answered.put(backend, new Latencies());
    }

    void answered(String backend, long nanos) {
        Latencies latencies = answered.get(backend);
        if (latencies == null) failed("an answer of nobody we know: " + backend);
        else latencies.add(nanos);
    }

    /** A client saw what should have been hidden. @param how in plain words */
    void failed(String how) {
        if (failed++ == 0) firstFailure = how;
    }

    /** Requests whose clients saw an error. */
    public long failed() {
        return failed;
    }

    /** Requests that were answered well. */
    public long requests() {
        long sum = 0;
        for (Latencies each : answered.values()) sum += each.count();
        return sum;
    }

    /** @param errors attempts without an answer by the backend's name; a missing one counts as 0 */
    public String table(Map<String, Long> errors) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, HEAD, "backend", "requests", "share", "errors", "p50", "p99"));
        Latencies all = new Latencies();
        long total = requests();
        long allErrors = 0;
        for (Map.Entry<String, Latencies> each : answered.entrySet()) {
            long missed = errors.getOrDefault(each.getKey(), 0L);
            out.append(row(each.getKey(), each.getValue(), total, missed));
            all.add(each.getValue());
            allErrors += missed;
        }
        out.append(row("total", all, total, allErrors)).append("failed for clients: ").append(failed);
        if (failed > 0) out.append(" (the first: ").append(firstFailure).append(')');
        return out.append(System.lineSeparator()).toString();
    }

    private static String row(String name, Latencies latencies, long total, long errors) {
        double share = total == 0 ? 0 : 100.0 * latencies.count() / total;
        return String.format(Locale.ROOT, ROW, name, latencies.count(), share, errors, latencies.millis(0.5),
                latencies.millis(0.99));
    }
}
