package lb;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lb.config.TransportChoice;
import lb.config.file.ConfigPrinter;
import lb.config.file.ConfigProblems;
import lb.config.file.ConfigReader;
import lb.config.file.Problem;
import lb.connect.Transport;

/** The command line's entry: decides what is to be done, and with what the process ends. */
public final class Main {
    static {
        // Must stand before Netty loads. 4.2's adaptive allocator costs more here; a setting of the user's wins.
        setUnlessSet("io.netty.allocator.type", "pooled");
        // one thread touches one lane: small arenas, no caches for threads that do not carry traffic
        setUnlessSet("io.netty.allocator.useCacheForAllThreads", "false");
        setUnlessSet("io.netty.leakDetection.level", "disabled");
        // events that nobody records would load the flight recorder
        setUnlessSet("io.netty.jfr.enabled", "false");
        // buffers of large reads go back to their thread: else whole chunks are given to the system and fetched again
        setUnlessSet("io.netty.allocator.maxCachedBufferCapacity", "524288");
        setUnlessSet("io.netty.allocator.normalCacheSize", "16");
    }

    private Main() {}

    public static void main(String[] args) {
        long startedNanos = System.nanoTime();
        speakUtf8();
        int code;
        try {
            code = run(args, startedNanos);
            if (System.out.checkError()) code = unheard(code);
        } catch (WrongCommandLine e) {
            System.err.println("lb: " + e.getMessage() + "\nTry --help.");
            code = ExitCode.WRONG_COMMAND_LINE;
        } catch (Throwable e) {
            System.err.println("lb died of a bug of its own:");
            e.printStackTrace();
            code = ExitCode.BUG;
        }
        System.exit(code);
    }

    private static int run(String[] args, long startedNanos)
            throws WrongCommandLine, IOException, InterruptedException {
        Arguments arguments = Arguments.parse(args);
        if (arguments.help()) return say(Arguments.usage());
        if (arguments.version()) return say(versions());
        if (arguments.schema()) return say(schema());
        if (arguments.command() != null) return AdminClient.run(arguments);
        if (arguments.demo() != null) return Demo.run(arguments, startedNanos);
        ConfigSource source = new ConfigSource(arguments);
        byte[] bytes;
        ConfigReader.Checked checked;
        try {
            bytes = source.bytes();
            checked = source.check(bytes);
        } catch (IOException e) {
            System.err.println("lb: config " + source.name() + " cannot be read: " + ConfigFile.reason(e));
            return ExitCode.CONFIG_REFUSED;
        } catch (ConfigProblems e) {
            return refused(source, e);
        }
        if (arguments.check()) return report(source, checked);
        if (arguments.printConfig()) return say(ConfigPrinter.print(checked.config()));
        if (arguments.explain() != null) return say(Explain.of(arguments, checked.config()));
        return new Run(source).run(bytes, checked, startedNanos);
    }

    private static int refused(ConfigSource source, ConfigProblems problems) {
        problems.lines(source.name()).forEach(System.err::println);
        System.err.println(count(problems.problems().size(), "problem") + ", nothing changed");
        return ExitCode.CONFIG_REFUSED;
    }

    private static int report(ConfigSource source, ConfigReader.Checked checked) {
        List<String> warnings = Problem.lines(source.name(), checked.warnings());
        warnings.forEach(line -> System.out.println("warning: " + line));
        System.out.println(source.name() + ": " + count(checked.config().listeners().size(), "listener") + ", "
                + count(checked.config().pools().size(), "pool") + ", no problem"
                + (warnings.isEmpty() ? "" : ", " + count(warnings.size(), "warning")));
        return ExitCode.OK;
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** As built into the jar. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    static String nettyVersion() {
        return NettyVersion.of("netty-common");
    }

    private static String versions() {
        return "lb " + version() + "\nNetty " + nettyVersion() + "\nJava " + Runtime.version().feature() + " ("
                + System.getProperty("java.version") + ", " + System.getProperty("java.vm.name") + ")\nTransport "
                + Transport.choose(TransportChoice.AUTO).name() + "\n";
    }

    private static String schema() throws IOException {
        try (InputStream schema = Main.class.getResourceAsStream("lb.schema.json")) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What was asked for did not reach stdout, as on a full disk: who reads half of it must not take it for all. */
    private static int unheard(int code) {
        System.err.println("lb: writing to stdout failed");
        return code == ExitCode.OK ? ExitCode.NOT_AS_HOPED : code;
    }

    private static int say(String text) {
        System.out.print(text);
        System.out.flush();
        return ExitCode.OK;
    }

    /**
     * As the logs and the files are. Java would follow the locale, which services and containers do not have, and write
     * a question mark for whatever is not ASCII, into a printed config as well.
     */
    private static void speakUtf8() {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) System.setProperty(property, value);
    }
}
