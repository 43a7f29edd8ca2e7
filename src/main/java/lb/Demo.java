package lb;

import io.netty.util.NettyRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lb.config.Config;
import lb.config.Units;
import lb.config.file.ConfigProblems;
import lb.config.file.ConfigReader;
import lb.demo.DemoBackends;
import lb.demo.DemoConfig;
import lb.demo.DemoLoad;
import lb.demo.DemoReport;
import lb.demo.FreePort;
import lb.observe.ProgramLog;
import lb.pool.Backend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code --demo}: lb with backends and a load of its own, for a time or until it is told to stop, and then the report.
 *
 * <p>Threading: waits on the main thread; signals come on threads of their own and only ask.
 */
final class Demo {
    private static final Logger log = LoggerFactory.getLogger("lb");
    private static final int PROXY_PORT = 8080;
    private static final int ADMIN_PORT = 9901;
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Arguments arguments;
    private final Duration time;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Demo(Arguments arguments, Duration time) {
        this.arguments = arguments;
        this.time = time;
    }

    /**
     * @param startedNanos when the process began
     * @return what the process ends with: 0, or 1 when a client saw an error that lb should have hidden
     */
    static int run(Arguments arguments, long startedNanos) throws WrongCommandLine, InterruptedException {
        return new Demo(arguments, time(arguments.demo())).run(startedNanos);
    }

    /** @return null for a demo without an end */
    private static Duration time(String text) throws WrongCommandLine {
        if (text.isEmpty()) return null;
        try {
            Duration time = Units.duration(text);
            if (!time.isZero() && time.compareTo(LONGEST) <= 0) return time;
        } catch (IllegalArgumentException e) {
            throw new WrongCommandLine("--demo: " + e.getMessage());
        }
        throw new WrongCommandLine("--demo: " + text + " (expected: up to 1d)");
    }

    private int run(long startedNanos) throws WrongCommandLine, InterruptedException {
        try (DemoBackends backends = DemoBackends.start()) {
            int proxyPort = FreePort.from(PROXY_PORT);
            String file = DemoConfig.json(proxyPort, FreePort.from(ADMIN_PORT), backends.ports(), time == null);
            ConfigReader.Checked checked = new ConfigSource(arguments).check(file.getBytes(StandardCharsets.UTF_8));
            return run(backends, file, checked.config(), startedNanos);
        } catch (IOException e) {
            System.err.println("lb: the demo cannot start: " + e.getMessage());
            return ExitCode.COULD_NOT_START;
        } catch (ConfigProblems e) {
            e.lines("demo").forEach(System.err::println);
            return ExitCode.CONFIG_REFUSED;
        }
    }

    private int run(DemoBackends backends, String file, Config config, long startedNanos) throws InterruptedException {
        try (ProgramLog programLog = ProgramLog.start(config.log());
                Daemon daemon = Daemon.start(config, null, NettyRuntime.availableProcessors())) {
            for (String name : List.of("TERM", "INT")) Signals.on(name, ended::countDown);
            DemoLoad load = DemoLoad.start(backends, daemon.port(Config.DEFAULT));
            System.out.print(welcome(daemon.port(Config.DEFAULT), daemon.adminPort(), file));
            System.out.flush();
            log.info("lb {}, Java {}, Netty {}, {}, ready in {} ms", Main.version(), System.getProperty("java.version"),
                    Main.nettyVersion(), daemon.transport().name(), (System.nanoTime() - startedNanos) / 1_000_000);
            if (time == null) ended.await();
            else ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
            return report(load.stop().join(), daemon);
        } catch (StartFailure e) {
            log.error("{}", e.getMessage());
            return ExitCode.COULD_NOT_START;
        }
    }

    private String welcome(int proxyPort, int adminPort, String file) {
        String proxy = "http://127.0.0.1:" + proxyPort + "/";
        String status = "http://127.0.0.1:" + adminPort + "/status.txt";
        boolean adminMoved = adminPort != ADMIN_PORT && arguments.admin() == null;
        return "proxy    " + proxy + (proxyPort == PROXY_PORT ? "" : taken(PROXY_PORT)) + "\n"
                + "status   " + (adminPort < 0 ? "off" : status) + (adminMoved ? taken(ADMIN_PORT) : "") + "\n"
                + "try      curl -i " + proxy + "\n"
                + "config   as a file this demo is\n" + file.indent(9)
                + "end      " + (time == null ? "" : "by itself after " + Units.write(time) + ", or ") + "Ctrl-C\n";
    }

    private static String taken(int port) {
        return "   (" + port + " is taken)";
    }

    private static int report(DemoReport report, Daemon daemon) {
        Map<String, Long> errors = new HashMap<>();
        for (Backend backend : daemon.topology().pools().get(Config.DEFAULT).backends()) {
            errors.put(backend.id(), unanswered(backend));
        }
        System.out.print("\n" + report.table(errors));
        System.out.flush();
        return report.failed() == 0 && report.requests() > 0 ? ExitCode.OK : ExitCode.NOT_AS_HOPED;
    }

    /** Attempts that ended without a final response: refused, cut off, and those on kept connections that had died. */
    private static long unanswered(Backend backend) {
        long answered = 0;
        for (int group = 0; group <= 5; group++) answered += backend.responses(group);
        return backend.requests() - answered - backend.inFlight();
    }
}
