package lb.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is compared, and how long.
 *
 * @param proxies     of {@code lb}, {@code nginx} and {@code haproxy}, in the order of the table
 * @param rounds      at least 1
 * @param seconds     of each measurement
 * @param warmSeconds of each proxy and workload, before the first round
 * @param javaOptions for lb, such as {@code @config/jvm.options}
 * @param loops       event loops, workers or threads of each proxy
 * @param proxyCores  as taskset takes them, such as {@code 0} or {@code 0,1}
 * @param loadCores   of origin and wrk
 * @param port        of the origin; the ports behind it are used, too
 */
record Options(boolean help, List<String> proxies, List<Workload> workloads, int rounds, int seconds, int warmSeconds,
        Path jar, String java, List<String> javaOptions, String transport, int loops, String proxyCores,
        String loadCores, int port) {

    static final String USAGE = """
            CPU time per request of lb, nginx and HAProxy, side by side. Run it where lb was built.

              mvn -q -Pbench -DskipTests package && java -cp target/test-classes lb.compare.Compare

              --proxies lb,nginx,haproxy   who is compared; the first one is what the others are compared with
              --workloads small,body1k,headers,body16k,body1m,post64k,conns1k,newconn
              --rounds 5                   the figures are medians of these
              --seconds 4                  of each measurement
              --warm 8                     seconds of warm-up, for each proxy and workload
              --jar target/lb.jar
              --java java                  the program that runs it
              --java-options @config/jvm.options
              --transport auto             lb's
              --loops 1                    event loops of lb, workers of nginx, threads of HAProxy
              --proxy-cores 0              where the proxies run, as for taskset
              --load-cores 1               where the origin and wrk run
              --port 20800                 the first of ten ports that are used
              --help
            """;
    private static final List<String> KNOWN = List.of("lb", "nginx", "haproxy");

    /** @throws IllegalArgumentException that says what is wrong */
    static Options parse(String... args) {
        Words words = new Words(args);
        boolean help = words.flag("--help");
        Options read = new Options(help,
                words.list("--proxies", "lb,nginx,haproxy"),
                words.list("--workloads", String.join(",", Stream.of(Workload.values()).map(Workload::key).toList()))
                        .stream().map(Workload::of).toList(),
                words.number("--rounds", 5), words.number("--seconds", 4), words.number("--warm", 8),
                Path.of(words.text("--jar", "target/lb.jar")),
                words.text("--java", "java"),
                List.of(words.text("--java-options", "@config/jvm.options").strip().split(" +")),
                words.text("--transport", "auto"),
                words.number("--loops", 1),
                words.text("--proxy-cores", "0"), words.text("--load-cores", "1"),
                words.number("--port", 20800));
        words.demandNoMore();
        for (String proxy : read.proxies) {
            if (!KNOWN.contains(proxy)) throw new IllegalArgumentException("--proxies " + proxy + ": not of " + KNOWN);
        }
        return read;
    }
}
