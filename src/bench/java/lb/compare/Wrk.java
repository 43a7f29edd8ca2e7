package lb.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs wrk and reads what it says. */
final class Wrk {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern STATUSES = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern SOCKETS =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    private final String cores;
    private final Path folder;

    /** @param errors responses that were not 2xx or 3xx, and connections that failed */
    record Done(long requests, long errors) {}

    /** @param folder for its scripts */
    Wrk(String cores, Path folder) {
        this.cores = cores;
        this.folder = folder;
    }

    Done run(Workload workload, int port, int seconds) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve(workload.key() + ".lua"), workload.script());
        List<String> command = new ArrayList<>(List.of(Installed.path("taskset"), "-c", cores, Installed.path("wrk"),
                "-t1", "-c" + workload.connections(), "-d" + seconds + "s", "--timeout", "5s", "-s", script.toString(),
                "http://127.0.0.1:" + port + workload.path()));
        Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher requests = REQUESTS.matcher(said);
        if (wrk.waitFor() != 0 || !requests.find()) throw new IllegalStateException("wrk failed: " + said.strip());
        return new Done(Long.parseLong(requests.group(1)), errors(said, workload));
    }

    private static long errors(String said, Workload workload) {
        Matcher statuses = STATUSES.matcher(said);
        long errors = statuses.find() ? Long.parseLong(statuses.group(1)) : 0;
        Matcher sockets = SOCKETS.matcher(said);
        if (!sockets.find()) return errors;
        for (int kind = 1; kind <= 4; kind++) {
            // wrk takes the end of a connection that was to be closed for a failed read
            if (kind != 2 || !workload.closes()) errors += Long.parseLong(sockets.group(kind));
        }
        return errors;
    }
}
