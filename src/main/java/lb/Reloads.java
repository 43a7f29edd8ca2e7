package lb;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import lb.config.Config;
import lb.config.ConfigChanges;
import lb.config.file.ConfigProblems;
import lb.config.file.ConfigReader;
import lb.config.file.Problem;
import lb.observe.ProgramLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a changed config file: all of it takes effect, or nothing and every problem is told.
 *
 * <p>Threading: decided on the control thread; what happened last may be read by anyone.
 */
final class Reloads {
    private static final Logger log = LoggerFactory.getLogger("lb.config");

    private final ConfigSource source;
    private final Daemon daemon;
    private final ProgramLog programLog;
    private ConfigFile file;
    private byte[] bytes;
    private volatile Running running;
    private volatile Last last;

    /** What runs. @param hash the first characters of the SHA-256 of its file */
    record Running(String hash, Instant loadedAt) {}

    /** The last reload that was tried. @param problems none when it took effect */
    record Last(Instant at, boolean ok, List<String> problems) {}

    Reloads(ConfigSource source, Daemon daemon, ProgramLog programLog, byte[] bytes) {
        this.source = source;
        this.daemon = daemon;
        this.programLog = programLog;
        this.bytes = bytes;
        running = new Running(sha(bytes), Instant.now());
        last = new Last(running.loadedAt, true, List.of());
    }

    void watch(Path path) {
        file = new ConfigFile(path, bytes, daemon.control(), this::take, this::lost);
        daemon.control().execute(file::start);
    }

    /** Any thread. Reads the file at once, also when nothing seems to have changed. */
    void now() {
        if (file == null) {
            log.info("reload asked for, but there is no file to read");
            return;
        }
        try {
            daemon.control().execute(file::readNow);
        } catch (RejectedExecutionException ended) {
            log.info("reload asked for, but lb is stopping");
        }
    }

    String name() {
        return source.name();
    }

    String hash() {
        return running.hash;
    }

    Running running() {
        return running;
    }

    Last last() {
        return last;
    }

    private void take(byte[] next) {
        try {
            ConfigReader.Checked checked = source.check(next);
            apply(next, checked);
        } catch (ConfigProblems e) {
            refused(e.lines(source.name()));
        } catch (ReloadFailure e) {
            refused(List.of(e.getMessage()));
        } catch (RuntimeException | Error e) {
            log.error("config {} refused through a fault of our own, the running configuration is unchanged",
                    source.name(), e);
            last = new Last(Instant.now(), false, List.of(e.toString()));
        }
    }

    /** The watcher has told the log; status and readiness tell it as well, until the file is back. */
    private void lost(String reason) {
        last = new Last(Instant.now(), false, List.of(source.name() + " cannot be read: " + reason));
    }

    private void apply(byte[] next, ConfigReader.Checked checked) throws ReloadFailure {
        long begun = System.nanoTime();
        Config before = daemon.topology().config();
        Config config = checked.config();
        ConfigChanges changes = ConfigChanges.between(before, config);
        daemon.reload(config);
        programLog.change(config.log());
        bytes = next;
        running = new Running(sha(next), Instant.now());
        last = new Last(running.loadedAt, true, List.of());
        for (String line : Problem.lines(source.name(), checked.warnings())) log.warn("{}", line);
        log.info("reload: config {} sha {} is generation {}, in {} ms", source.name(), running.hash,
                daemon.topology().generation(), (System.nanoTime() - begun) / 1_000_000);
        for (String line : changes.lines()) log.info("reload: {}", line);
        if (before.transport() != config.transport()) {
            log.warn("reload: a new transport takes effect at the next start");
        }
    }

    private void refused(List<String> problems) {
        last = new Last(Instant.now(), false, problems);
        log.error("config {} refused, the running configuration is unchanged: {}", source.name(),
                Main.count(problems.size(), "problem"));
        for (String problem : problems) log.error("config error: {}", problem);
    }

    private static String sha(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
