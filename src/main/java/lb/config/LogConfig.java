package lb.config;

/** The program log, on stderr. Default: text, info. */
public record LogConfig(Format format, Level level) {
    public enum Format { TEXT, JSON }

    public enum Level { ERROR, WARN, INFO, DEBUG, TRACE }

    public static final LogConfig DEFAULT = new LogConfig(Format.TEXT, Level.INFO);
}
