package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The built jar as its operator meets it: command line, config file, signals. */
@Timeout(60)
class JarIT {
    @TempDir Path directory;
    private Origin one;
    private Origin two;

    @BeforeEach void startOrigins() throws IOException {
        one = Origin.start("one");
        two = Origin.start("two");
    }

    @AfterEach void stopOrigins() {
        one.close();
        two.close();
    }

    // ---- what only answers

    @Test void tellsItsVersions() throws Exception {
        try (JarProcess lb = JarProcess.start(directory, "--version")) {
            assertThat(lb.exitCode()).isZero();
            assertThat(lb.stdout()).matches("lb \\d+\\.\\d+\\.\\d+\nNetty 4\\.2\\.\\d+\nJava \\d+ \\(.+\\)\n"
                    + "Transport (io_uring|epoll|nio)\n");
        }
    }

    @Test void helpsOnOneScreen() throws Exception {
        try (JarProcess lb = JarProcess.start(directory, "--help")) {
            assertThat(lb.exitCode()).isZero();
            assertThat(lb.stdout().lines().count()).isBetween(20L, 40L);
            assertThat(lb.stdout().lines()).allMatch(line -> line.length() <= 100)
                    .anyMatch(line -> line.contains("HUP"));
        }
    }

    @Test void printsTheSchemaThatEditorsUse() throws Exception {
        try (JarProcess lb = JarProcess.start(directory, "--schema")) {
            assertThat(lb.exitCode()).isZero();
            assertThat(lb.stdout()).isEqualTo(Files.readString(Path.of("config/lb.schema.json")));
        }
    }

    @Test void anAnswerThatCannotBeWrittenIsNoSuccess() throws Exception {
        write(file("8080", one, two));
        for (String[] asked : List.of(new String[] {"--schema"}, new String[] {"--print-config", "-c", "lb.json"})) {
            try (JarProcess lb = JarProcess.startInto(Path.of("/dev/full"), directory, asked)) {
                assertThat(lb.exitCode()).isEqualTo(1);
                assertThat(lb.stderr()).isEqualTo("lb: writing to stdout failed\n");
            }
        }
    }

    @Test void startsWhereTheJvmKeepsSignalsToItself() throws Exception {
        write(file("0", one, two));
        try (JarProcess lb = JarProcess.startWithJvm("-Xrs", directory, "--config", "lb.json")) {
            assertThat(Origin.get(lb.listens())).isNotEmpty();
            assertThat(lb.stderr()).containsOnlyOnce("the JVM keeps signals to itself (-Xrs)");
        }
    }

    @Test void checksAGoodFile() throws Exception {
        write(file("8080", one, two));
        try (JarProcess lb = JarProcess.start(directory, "--check", "--config", "lb.json")) {
            assertThat(lb.exitCode()).isZero();
            assertThat(lb.stdout()).isEqualTo("lb.json: 1 listener, 1 pool, no problem\n");
        }
    }

    @Test void listsEveryProblemOfABadFileWithItsPlace() throws Exception {
        write("""
                {
                  "lisen": 8080,
                  "backends": ["http://127.0.0.1:1"],
                  "timeouts": { "connect": 5 }
                }
                """);
        try (JarProcess lb = JarProcess.start(directory, "--check", "--config", "lb.json")) {
            assertThat(lb.exitCode()).isEqualTo(1);
            assertThat(lb.stderr()).containsPattern("lb.json:2:3 +lisen .*\"listen\"")
                    .containsPattern("lb.json:4:28 +timeouts.connect .*\"5s\"").contains("problems, nothing changed");
        }
    }

    @Test void suggestsTheOptionThatWasMeant() throws Exception {
        try (JarProcess lb = JarProcess.start(directory, "--chekc")) {
            assertThat(lb.exitCode()).isEqualTo(2);
            assertThat(lb.stderr()).contains("--chekc").contains("did you mean --check?");
        }
    }

    @Test void blamesTheCommandLineForItsOwnWords() throws Exception {
        write(file("8080", one, two));
        try (JarProcess lb = JarProcess.start(directory, "--check", "--config", "lb.json", "--log-level", "loud")) {
            assertThat(lb.exitCode()).isEqualTo(2);
            assertThat(lb.stderr()).contains("--log-level: \"loud\" does not fit").doesNotContain("lb.json:");
        }
    }

    @Test void saysThatAFileIsMissing() throws Exception {
        try (JarProcess lb = JarProcess.start(directory, "--config", "nowhere.json")) {
            assertThat(lb.exitCode()).isEqualTo(1);
            assertThat(lb.stderr()).contains("nowhere.json").contains("no such file");
        }
    }

    @Test void namesWhoeverHasItsPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            write(file(Integer.toString(taken.getLocalPort()), one, two));
            try (JarProcess lb = JarProcess.start(directory, "--config", "lb.json")) {
                assertThat(lb.exitCode()).isEqualTo(4);
                assertThat(lb.stderr()).contains("cannot listen on 0.0.0.0:" + taken.getLocalPort()
                        + ": already in use by process " + ProcessHandle.current().pid() + " (java)");
            }
        }
    }

    // ---- the file, edited while it runs

    @Test void servesWhatTheFiveLineFileSays() throws Exception {
        try (JarProcess lb = run()) {
            int port = lb.listens();
            assertThat(Origin.get(port)).isNotEqualTo(Origin.get(port));
            assertThat(one.requests() + two.requests()).isEqualTo(2);
        }
    }

    @Test void followsAFileThatIsWrittenInPlace() throws Exception {
        try (JarProcess lb = run()) {
            write(file("0", two, two));
            onlyTwoAnswers(lb.listens());
        }
    }

    @Test void followsAFileThatIsReplacedByRename() throws Exception {
        try (JarProcess lb = run()) {
            int port = lb.listens();
            Files.writeString(directory.resolve("lb.json.new"), file("0", two, two));
            Files.move(directory.resolve("lb.json.new"), config(), StandardCopyOption.ATOMIC_MOVE);
            onlyTwoAnswers(port);
        }
    }

    /** As Kubernetes does with a ConfigMap: the file never changes, the folder behind it does. */
    @Test void followsASymlinkThatIsSwapped() throws Exception {
        Files.createDirectories(directory.resolve("first"));
        Files.createDirectories(directory.resolve("second"));
        Files.writeString(directory.resolve("first/lb.json"), file("0", one, two));
        Files.writeString(directory.resolve("second/lb.json"), file("0", two, two));
        Files.createSymbolicLink(directory.resolve("data"), Path.of("first"));
        Files.createSymbolicLink(config(), Path.of("data/lb.json"));
        try (JarProcess lb = JarProcess.start(directory, "--config", "lb.json")) {
            int port = lb.listens();
            Files.createSymbolicLink(directory.resolve("data.new"), Path.of("second"));
            Files.move(directory.resolve("data.new"), directory.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
            onlyTwoAnswers(port);
        }
    }

    @Test void followsAnEditThatKeepsSizeAndTime() throws Exception {
        try (JarProcess lb = run()) {
            int port = lb.listens();
            FileTime time = Files.getLastModifiedTime(config());
            String before = Files.readString(config());
            String after = before.replace(one.url(), two.url());
            assertThat(after.length()).isEqualTo(before.length());
            write(after);
            Files.setLastModifiedTime(config(), time);
            onlyTwoAnswers(port);
        }
    }

    @Test void keepsServingByTheOldConfigWhenAnEditIsBroken() throws Exception {
        try (JarProcess lb = run()) {
            int port = lb.listens();
            write("{\n  \"listen\": 0,\n  \"backends\": [\"http://127.0.0.1:1\"],\n  \"helth\": \"/\"\n}\n");
            assertThat(lb.says("lb.json:4:3")).contains("helth").contains("did you mean \"health\"?");
            assertThat(lb.stderr()).contains("config lb.json refused, the running configuration is unchanged");
            assertThat(Origin.get(port)).isNotEqualTo(Origin.get(port));
            write(file("0", two, two));
            onlyTwoAnswers(port);
        }
    }

    // ---- signals

    @Test void readsTheFileAtOnceOnHup() throws Exception {
        try (JarProcess lb = run()) {
            int port = lb.listens();
            lb.signal("HUP");
            assertThat(lb.says("is generation 2")).contains("reload: config lb.json");
            assertThat(Origin.get(port)).isNotEqualTo(Origin.get(port));
        }
    }

    @Test void doesOnceItRunsWhatHupAskedForBefore() throws Exception {
        write(file("0", one, two).replace("\"admin\"", "\"sticky\": \"lb_backend\", \"admin\""));
        try (JarProcess lb = JarProcess.start(directory, "--config", "lb.json")) {
            lb.says("without \"keys\"");
            lb.signal("HUP");
            assertThat(lb.says("is generation 2")).contains("reload: config lb.json");
            assertThat(Origin.get(lb.listens())).isIn("one", "two");
        }
    }

    @Test void letsARunningDownloadEndOnTerm() throws Exception {
        try (JarProcess lb = run()) {
            int port = lb.listens();
            CompletableFuture<String> download = Origin.getSlowly(port);
            await().atMost(JarProcess.DEADLINE).until(() -> one.downloads() + two.downloads() == 1);
            lb.signal("TERM");
            assertThat(lb.says("TERM: stopping")).contains("1 exchange");
            await().atMost(JarProcess.DEADLINE).untilAsserted(
                    () -> assertThatThrownBy(() -> Origin.get(port)).isInstanceOf(IOException.class));
            assertThat(lb.alive()).isTrue();
            one.finishDownloads();
            two.finishDownloads();
            assertThat(download.get(10, TimeUnit.SECONDS)).isEqualTo(Origin.FIRST_HALF + Origin.SECOND_HALF);
            assertThat(lb.exitCode()).isZero();
        }
    }

    @Test void stopsAtOnceOnASecondTerm() throws Exception {
        try (JarProcess lb = run()) {
            CompletableFuture<String> download = Origin.getSlowly(lb.listens());
            await().atMost(JarProcess.DEADLINE).until(() -> one.downloads() + two.downloads() == 1);
            lb.signal("TERM");
            lb.says("TERM: stopping");
            long second = System.nanoTime();
            lb.signal("TERM");
            assertThat(lb.exitCode()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - second)).isLessThan(Duration.ofSeconds(15));
            assertThat(lb.stderr()).contains("TERM again: stopping now");
            assertThat(download).failsWithin(Duration.ofSeconds(10));
        }
    }

    private JarProcess run() throws IOException {
        write(file("0", one, two));
        return JarProcess.start(directory, "--config", "lb.json");
    }

    private void onlyTwoAnswers(int port) {
        await().atMost(JarProcess.DEADLINE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            for (int i = 0; i < 4; i++) assertThat(Origin.get(port)).isEqualTo("two");
        });
    }

    private Path config() {
        return directory.resolve("lb.json");
    }

    private void write(String text) throws IOException {
        Files.write(config(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** The smallest file, and the admin listener out of the way of others. */
    private static String file(String listen, Origin first, Origin second) {
        return """
                {
                  "listen": %s,
                  "backends": [{ "id": "first", "url": "%s" }, { "id": "second", "url": "%s" }],
                  "admin": false
                }
                """.formatted(listen, first.url(), second.url());
    }
}
