package lb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import lb.balance.Balancers;
import lb.config.AdminConfig;
import lb.config.Config;
import lb.config.LogConfig;
import lb.config.file.ConfigProblems;
import lb.config.file.ConfigReader;
import lb.config.file.StandIn;

/**
 * Where the config comes from: a file, or the command line, which then is read as the file it stands for; with what the
 * command line overrides. Any thread.
 */
final class ConfigSource {
    private final ConfigReader reader = new ConfigReader(Balancers.names(), System::getenv);
    private final Arguments arguments;

    ConfigSource(Arguments arguments) {
        this.arguments = arguments;
    }

    /** As the operator named it. */
    String name() {
        return arguments.config() == null ? "command line" : arguments.config();
    }

    /** The file, or null when there is none to follow. */
    Path file() {
        return arguments.config() == null ? null : Path.of(arguments.config());
    }

    byte[] bytes() throws IOException {
        return arguments.config() != null ? ConfigFile.read(file())
                : StandIn.file(arguments.listen(), arguments.backends());
    }

    /** @throws ConfigProblems with every problem of the file */
    ConfigReader.Checked check(byte[] bytes) throws ConfigProblems {
        ConfigReader.Checked read = reader.check(bytes);
        return new ConfigReader.Checked(override(read.config()), read.warnings());
    }

    private Config override(Config config) throws ConfigProblems {
        LogConfig log = config.log();
        if (arguments.log() != null || arguments.logLevel() != null) log = logOverride(log);
        AdminConfig admin = config.admin();
        if (arguments.admin() != null) admin = adminOverride();
        return new Config(config.listeners(), config.pools(), config.timeouts(), config.limits(),
                config.trustedProxies(), admin, config.accessLog(), log, config.transport());
    }

    /** Read as the key of a file is, so that the same words are right and wrong. */
    private AdminConfig adminOverride() throws ConfigProblems {
        return reader.read(StandIn.withAdmin(arguments.admin())).admin();
    }

    private LogConfig logOverride(LogConfig log) throws ConfigProblems {
        String format = arguments.log() == null ? log.format().name() : arguments.log();
        String level = arguments.logLevel() == null ? log.level().name() : arguments.logLevel();
        return reader.read(StandIn.withLog(format.toLowerCase(Locale.ROOT), level.toLowerCase(Locale.ROOT))).log();
    }
}
