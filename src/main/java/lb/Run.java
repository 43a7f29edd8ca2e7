package lb;

import io.netty.util.NettyRuntime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import lb.config.Config;
import lb.config.Units;
import lb.config.file.ConfigReader;
import lb.config.file.Problem;
import lb.listen.Listener;
import lb.observe.ProgramLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * lb as a process: starts the daemon, follows the config file and the signals, ends as asked.
 *
 * <p>Threading: {@link #run} waits on the main thread; signals come on threads of their own and only ask.
 */
final class Run {
    private static final Logger log = LoggerFactory.getLogger("lb");
    /** Listeners that the start line names; a thousand would hide the rest. */
    private static final int NAMED = 5;

    private final ConfigSource source;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean stopping;
    private boolean hungUp;
    /** Null until lb runs. */
    private Reloads reloads;

    Run(ConfigSource source) {
        this.source = source;
    }

    /**
     * Runs until it is told to stop.
     *
     * @param bytes        what {@code checked} was read from
     * @param startedNanos when the process began
     * @return what the process ends with
     */
    int run(byte[] bytes, ConfigReader.Checked checked, long startedNanos) throws InterruptedException {
        Config config = checked.config();
        boolean heard = Signals.on("HUP", this::hangUp);
        try (ProgramLog programLog = ProgramLog.start(config.log())) {
            for (String line : Problem.lines(source.name(), checked.warnings())) log.warn("{}", line);
            try (Daemon daemon = Daemon.start(config, null, NettyRuntime.availableProcessors())) {
                Reloads reloads = new Reloads(source, daemon, programLog, bytes);
                daemon.status().complete(reloads, programLog);
                heard &= handleEnds(daemon);
                if (!heard) log.warn("the JVM keeps signals to itself (-Xrs): HUP, TERM and INT end lb at once");
                if (source.file() != null) reloads.watch(source.file());
                follow(reloads);
                log.info("{}", startLine(daemon, config, reloads, startedNanos));
                ended.await();
                return ExitCode.OK;
            } catch (StartFailure e) {
                log.error("{}", e.getMessage());
                return ExitCode.COULD_NOT_START;
            }
        }
    }

    /** A reload asked for before lb runs, when the JVM's own answer to HUP is to exit, waits until it does. */
    private synchronized void hangUp() {
        if (reloads == null) hungUp = true;
        else reloads.now();
    }

    private synchronized void follow(Reloads running) {
        reloads = running;
        if (hungUp) running.now();
    }

    /** @return false when such a signal ends lb by itself */
    private boolean handleEnds(Daemon daemon) {
        boolean heard = true;
        for (String name : List.of("TERM", "INT")) heard &= Signals.on(name, () -> stop(daemon, name));
        return heard;
    }

    private synchronized void stop(Daemon daemon, String signal) {
        if (stopping) {
            log.warn("{} again: stopping now", signal);
            ended.countDown();
            return;
        }
        stopping = true;
        log.info("{}: stopping; {} exchanges may go on for up to {}", signal, daemon.lanes().active(),
                Units.show(daemon.topology().config().timeouts().drain()));
        daemon.drain().whenComplete((done, failure) -> ended.countDown());
    }

    private static String startLine(Daemon daemon, Config config, Reloads reloads, long startedNanos) {
        StringBuilder line = new StringBuilder("lb ").append(Main.version())
                .append(", Java ").append(System.getProperty("java.version"))
                .append(", Netty ").append(Main.nettyVersion())
                .append(", ").append(daemon.transport().name())
                .append(" (").append(daemon.transport().reason()).append("), listening on ");
        int named = 0;
        for (Listener listener : daemon.listeners().all()) {
            if (named == NAMED) {
                line.append(" and ").append(config.listeners().size() - NAMED).append(" more");
                break;
            }
            int backends = listener.routes().pools().stream().mapToInt(pool -> pool.backends().size()).sum();
            line.append(named++ == 0 ? "" : ", ").append(listener.boundTo())
                    .append(" (").append(Main.count(backends, "backend")).append(")");
        }
        line.append(", admin ").append(daemon.admin().boundTo())
                .append(", config ").append(reloads.name()).append(" sha ").append(reloads.hash())
                .append(", ready in ").append((System.nanoTime() - startedNanos) / 1_000_000).append(" ms");
        return line.toString();
    }
}
