package lb;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The command line, read. What each option does stands in {@link #usage}.
 *
 * @param demo null when not asked for; empty when without an end
 */
record Arguments(
        String config,
        List<String> listen,
        List<String> backends,
        String demo,
        boolean check,
        boolean printConfig,
        boolean schema,
        boolean version,
        boolean help,
        String log,
        String logLevel,
        String admin,
        String explain,
        List<String> headers,
        String client,
        String command) {

    /** The words that may stand in place of options. */
    static final List<String> COMMANDS = List.of("healthcheck", "status");

    private static final String ETCD = "etcd://";

    /** @throws WrongCommandLine with a message that says what is wrong and what comes nearest */
    static Arguments parse(String... args) throws WrongCommandLine {
        // what services and images run; picocli alone would take a seventh of their start
        if (args.length == 2 && args[0].equals("--config") && isFile(args[1])) return run(args[1]);
        CommandLine line = new CommandLine(spec());
        line.setExpandAtFiles(false);
        CommandLine.ParseResult found;
        try {
            found = line.parseArgs(args);
        } catch (CommandLine.ParameterException e) {
            throw new WrongCommandLine(message(e));
        }
        Arguments read = new Arguments(
                found.matchedOptionValue("--config", null),
                found.matchedOptionValue("--listen", List.of()),
                found.matchedOptionValue("--backend", List.of()),
                found.matchedOptionValue("--demo", null),
                found.hasMatchedOption("--check"),
                found.hasMatchedOption("--print-config"),
                found.hasMatchedOption("--schema"),
                found.hasMatchedOption("--version"),
                found.hasMatchedOption("--help"),
                found.matchedOptionValue("--log", null),
                found.matchedOptionValue("--log-level", null),
                found.matchedOptionValue("--admin", null),
                found.matchedOptionValue("--explain", null),
                found.matchedOptionValue("--header", List.of()),
                found.matchedOptionValue("--client", null),
                found.matchedPositionalValue(0, null));
        read.demandOneTask();
        return read;
    }

    static String usage() {
        return """
                lb, an HTTP load balancer and reverse proxy

                  java -jar lb.jar --config FILE                  run, and follow the file
                  java -jar lb.jar --listen 8080 --backend http://a:1 --backend http://b:2
                                                                  run without a file
                  java -jar lb.jar --demo[=10s]                   built-in backends and load; with a time:
                                                                  report and end
                  java -jar lb.jar --check --config FILE          list every problem of the file, exit 0 or 1
                  java -jar lb.jar --print-config --config FILE   the config with every default filled in
                  java -jar lb.jar --explain 'GET http://shop.example.com/x' -H 'Cookie: a=1' --config FILE
                                                                  what would become of a request; nothing is sent
                  java -jar lb.jar --schema | --version | --help
                  java -jar lb.jar healthcheck [--admin ADDR]     exit 0 if a running lb is ready
                  java -jar lb.jar status [--admin ADDR]          what a running lb knows about its backends

                  -c, --config FILE    the config; edited while lb runs, it takes effect within a second or so
                  --log text|json      format of the program log (stderr)
                  --log-level LEVEL    error, warn, info, debug or trace
                  --admin ADDR|off     the admin listener, in place of the config's
                  --explain REQUEST    with -H, --header LINE (repeatable) and --client IP, whom it comes from
                  --schema             the JSON schema of the config, for editors
                  -V, --version        versions of lb, Netty and Java, and the transport
                  -h, --help           this text

                Signals: HUP reloads; TERM and INT let running exchanges end, a second one stops at once.
                Exit codes: 0 ended as asked, 1 config refused, 2 wrong command line, 4 could not start,
                70 died of a bug.
                """;
    }

    /** True for what can be nothing but a file's name. */
    private static boolean isFile(String value) {
        return !value.startsWith("-") && !value.startsWith(ETCD);
    }

    private static Arguments run(String config) {
        return new Arguments(config, List.of(), List.of(), null, false, false, false, false, false, null, null, null,
                null, List.of(), null, null);
    }

    private void demandOneTask() throws WrongCommandLine {
        if (command != null && !COMMANDS.contains(command)) {
            throw new WrongCommandLine("unknown command: " + command + " (known: " + String.join(", ", COMMANDS) + ")");
        }
        if (help || version || schema || command != null) return;
        boolean adHoc = !listen.isEmpty() || !backends.isEmpty();
        int tasks = (config != null ? 1 : 0) + (adHoc ? 1 : 0) + (demo != null ? 1 : 0);
        if (tasks == 0) {
            throw new WrongCommandLine("nothing to run: give --config FILE, or --listen and --backend, or --demo");
        }
        if (tasks > 1) throw new WrongCommandLine("give only one of --config, --listen with --backend, and --demo");
        if (listen.isEmpty() != backends.isEmpty()) throw new WrongCommandLine("--listen and --backend go together");
        if ((check || printConfig || explain != null) && demo != null) {
            throw new WrongCommandLine("--check, --print-config and --explain need --config FILE");
        }
        if (explain == null && (client != null || !headers.isEmpty())) {
            throw new WrongCommandLine("--header and --client belong to --explain");
        }
        if (config != null && config.startsWith(ETCD)) {
            throw new WrongCommandLine("--config etcd://… is not built yet; give a file");
        }
    }

    private static CommandSpec spec() {
        return CommandSpec.create().name("lb")
                .addOption(one("FILE", "--config", "-c"))
                .addOption(many("ADDRESS", "--listen"))
                .addOption(many("URL", "--backend"))
                .addOption(OptionSpec.builder("--demo")
                        .paramLabel("TIME").type(String.class).arity("0..1").fallbackValue("").build())
                .addOption(flag("--check"))
                .addOption(flag("--print-config"))
                .addOption(one("REQUEST", "--explain"))
                .addOption(many("LINE", "--header", "-H"))
                .addOption(one("ADDRESS", "--client"))
                .addOption(flag("--schema"))
                .addOption(flag("--version", "-V"))
                .addOption(flag("--help", "-h"))
                .addOption(one("FORMAT", "--log"))
                .addOption(one("LEVEL", "--log-level"))
                .addOption(one("ADDRESS", "--admin"))
                .addPositional(PositionalParamSpec.builder()
                        .index("0").arity("0..1").paramLabel("COMMAND").type(String.class).build());
    }

    private static OptionSpec one(String label, String... names) {
        return OptionSpec.builder(names).paramLabel(label).type(String.class).arity("1").build();
    }

    private static OptionSpec many(String label, String... names) {
        return OptionSpec.builder(names).paramLabel(label).type(List.class).auxiliaryTypes(String.class).arity("1")
                .build();
    }

    private static OptionSpec flag(String... names) {
        return OptionSpec.builder(names).type(boolean.class).arity("0").build();
    }

    private static String message(CommandLine.ParameterException wrong) {
        if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            return wrong.getMessage() + "; did you mean " + unmatched.getSuggestions().get(0) + "?";
        }
        return wrong.getMessage();
    }
}
