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
    private static final String ANY_FORMAT = "text";
    private static final String ANY_LEVEL = "info";

    private final ConfigReader reader = new ConfigReader(Balancers.names(), System::getenv);
    private final Arguments arguments;
    /** Null when the command line does not say. */
    private final LogConfig.Format format;
    /** Null when the command line does not say. */
    private final LogConfig.Level level;
    /** What the command line says, null also for none. */
    private final AdminConfig admin;

    /** @throws WrongCommandLine when an option that overrides the config has a value that no config could have */
    ConfigSource(Arguments arguments) throws WrongCommandLine {
        this.arguments = arguments;
        format = arguments.log() == null ? null
                : standIn("--log", StandIn.withLog(lower(arguments.log()), ANY_LEVEL)).log().format();
        level = arguments.logLevel() == null ? null
                : standIn("--log-level", StandIn.withLog(ANY_FORMAT, lower(arguments.logLevel()))).log().level();
        admin = arguments.admin() == null ? null
                : standIn("--admin", StandIn.withAdmin(arguments.admin())).admin();
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
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

    private Config override(Config config) {
        LogConfig log = config.log();
        return new Config(config.listeners(), config.pools(), config.timeouts(), config.limits(),
                config.trustedProxies(), arguments.admin() == null ? config.admin() : admin, config.accessLog(),
                new LogConfig(format == null ? log.format() : format, level == null ? log.level() : level),
                config.transport());
    }

    /** Read as the key of a file is, so that the same words are right and wrong; told as the option, which it is. */
    private Config standIn(String option, byte[] file) throws WrongCommandLine {
        try {
            return reader.read(file);
        } catch (ConfigProblems e) {
            throw new WrongCommandLine(option + ": " + e.problems().get(0).message());
        }
    }
}
