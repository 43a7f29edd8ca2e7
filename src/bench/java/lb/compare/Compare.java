package lb.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures and prints the table. The proxies run all the time, each on the same cores, and take turns within each
 * round, so that a slow moment of the machine hits all of them; the origin and the load have other cores.
 */
public final class Compare {
    private static final long SETTLE_MILLIS = 8_000;

    private final Options options;
    private final Wrk wrk;
    private final Figures figures = new Figures();

    private Compare(Options options, Path folder) throws IOException {
        this.options = options;
        wrk = new Wrk(options.loadCores(), folder);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int code;
        try {
            Options options = Options.parse(args);
            code = options.help() ? help() : run(options);
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println("compare: " + e.getMessage());
            code = 2;
        }
        System.exit(code);
    }

    private static int help() {
        System.out.print(Options.USAGE);
        return 0;
    }

    private static int run(Options options) throws IOException, InterruptedException {
        Installed.demand(options);
        Path folder = Folder.create();
        List<Started> started = new ArrayList<>();
        try {
            return new Compare(options, folder).measure(started, folder);
        } finally {
            Collections.reverse(started);
            for (Started each : started) each.stop();
            Folder.remove(folder);
        }
    }

    /** @return 0, or 1 when a request failed: then the figures are of no use */
    private int measure(List<Started> started, Path folder) throws IOException, InterruptedException {
        started.add(Origin.start(options, folder));
        List<Started> proxies = new ArrayList<>();
        for (Proxy proxy : new Proxies(options, folder).all()) {
            Started running = Started.start(proxy, options.proxyCores(), folder);
            started.add(running);
            proxies.add(running);
        }
        Thread.sleep(SETTLE_MILLIS);
        for (Started proxy : proxies) figures.idle(proxy.name(), proxy.processes().residentKib());
        for (Workload workload : options.workloads()) {
            for (Started proxy : proxies) load(proxy, workload, options.warmSeconds(), "warm-up");
        }
        for (int round = 1; round <= options.rounds(); round++) {
            for (Workload workload : options.workloads()) {
                for (Started proxy : proxies) {
                    figures.add(proxy.name(), workload,
                            load(proxy, workload, options.seconds(), "round " + round));
                }
            }
        }
        for (Started proxy : proxies) figures.loaded(proxy.name(), proxy.processes().residentKib());
        System.out.print(new Report(options, figures).markdown());
        return figures.errors() == 0 ? 0 : 1;
    }

    private Figures.Load load(Started proxy, Workload workload, int seconds, String what)
            throws IOException, InterruptedException {
        long before = proxy.processes().cpuMicros();
        Wrk.Done done = wrk.run(workload, proxy.port(), seconds);
        long micros = proxy.processes().cpuMicros() - before;
        Figures.Load load = new Figures.Load(done.requests(), micros, done.errors());
        System.err.printf("%-8s %-8s %-8s %8d requests, %6.1f us each, %d errors%n", what, workload.key(), proxy.name(),
                load.requests(), load.microsEach(), load.errors());
        return load;
    }
}
