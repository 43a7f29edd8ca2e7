package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built jar as a process of its own: what an operator starts, reads, signals and sees end. */
final class JarProcess implements AutoCloseable {
    /** For whatever must happen at all; the machine may be busy. */
    static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Process process;
    private final Path out;
    private final Path err;

    private JarProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** @param directory where it runs and where its streams are kept */
    static JarProcess start(Path directory, String... args) throws IOException {
        return start(directory, command(args));
    }

    /** A process that may have no more than so many files and sockets open. */
    static JarProcess startWithFiles(int files, Path directory, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -n " + files + "; exec \"$@\"", "bash"));
        command.addAll(command(args));
        return start(directory, command);
    }

    /** @param out where its stdout goes */
    static JarProcess startInto(Path out, Path directory, String... args) throws IOException {
        Path err = Files.createTempFile(directory, "stderr", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command(args)).directory(directory.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        return new JarProcess(builder.start(), out, err);
    }

    /** @param option of the JVM */
    static JarProcess startWithJvm(String option, Path directory, String... args) throws IOException {
        List<String> command = new ArrayList<>(command(args));
        command.add(1, option);
        return start(directory, command);
    }

    private static List<String> command(String... args) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar",
                System.getProperty("lb.jar")));
        command.addAll(List.of(args));
        return command;
    }

    private static JarProcess start(Path directory, List<String> command) throws IOException {
        Path out = Files.createTempFile(directory, "stdout", ".txt");
        Path err = Files.createTempFile(directory, "stderr", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        // as services and containers have it: no locale to take a charset from
        builder.environment().put("LC_ALL", "C");
        return new JarProcess(builder.start(), out, err);
    }

    String stdout() {
        return text(out);
    }

    String stderr() {
        return text(err);
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits until stderr has a line with this part. @return the line */
    String says(String part) {
        await(part).atMost(DEADLINE).pollInterval(Duration.ofMillis(20))
                .until(() -> !lineWith(part).isEmpty() || !alive());
        assertThat(lineWith(part)).as("a line with \"%s\" on stderr:%n%s", part, stderr()).isNotEmpty();
        return lineWith(part);
    }

    /** Waits until it runs. @return the port of its first listener, from the start line */
    int listens() {
        Matcher port = Pattern.compile("listening on \\S+:(\\d+) ").matcher(says("ready in "));
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    /** @param name HUP, INT or TERM */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Waits for its end. @return what it ended with */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).as("ended:%n%s", stderr()).isTrue();
        return process.exitValue();
    }

    @Override public void close() {
        process.destroyForcibly();
    }

    private String lineWith(String part) {
        return stderr().lines().filter(line -> line.contains(part)).findFirst().orElse("");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
