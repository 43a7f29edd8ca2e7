package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo of the built jar. */
class DemoIT {
    private static final Pattern ROW =
            Pattern.compile("(\\w+) +(\\d+) +([0-9.]+) % +(\\d+) +([0-9.]+) ms +([0-9.]+) ms");

    @TempDir Path directory;

    @Test void runsForATimeHidesWhatItsBackendsDoWrongAndReports() throws Exception {
        try (JarProcess lb = JarProcess.start(directory, "--demo=5s")) {
            assertThat(lb.exitCode()).as(lb.stdout() + lb.stderr()).isZero();
            assertThat(lb.stdout()).contains("failed for clients: 0\n");
            long sum = 0;
            for (String backend : new String[] {"swift", "steady", "moody"}) {
                Matcher row = row(lb.stdout(), backend);
                assertThat(Long.parseLong(row.group(2))).as(backend).isPositive();
                sum += Long.parseLong(row.group(2));
            }
            Matcher total = row(lb.stdout(), "total");
            assertThat(Long.parseLong(total.group(2))).isEqualTo(sum).isBetween(50L, 260L);
            assertThat(Long.parseLong(row(lb.stdout(), "moody").group(4))).as("moody died in these 5 s").isPositive();
            assertThat(Double.parseDouble(row(lb.stdout(), "steady").group(5))).as("p50 of steady").isGreaterThan(20);
            assertThat(lb.stderr()).containsPattern("backend=moody [A-Z]+ -> DOWN");
        }
    }

    @Test void answersAtTheAddressesItNamesAndEndsOnASignal() throws Exception {
        try (JarProcess lb = JarProcess.start(directory, "--demo")) {
            await().atMost(JarProcess.DEADLINE).until(() -> lb.stdout().contains("Ctrl-C"));
            assertThat(get(address(lb.stdout(), "proxy"))).contains("answers GET /");
            assertThat(get(address(lb.stdout(), "status"))).contains("swift", "steady", "moody");
            lb.signal("INT");
            assertThat(lb.exitCode()).isZero();
            assertThat(lb.stdout()).contains("failed for clients: 0\n");
        }
    }

    @Test void refusesATimeWithoutAUnit() throws Exception {
        try (JarProcess lb = JarProcess.start(directory, "--demo=10")) {
            assertThat(lb.exitCode()).isEqualTo(2);
            assertThat(lb.stderr()).contains("write \"10s\"");
        }
    }

    private static Matcher row(String table, String name) {
        Matcher row = ROW.matcher(table);
        while (row.find()) {
            if (row.group(1).equals(name)) return row;
        }
        throw new AssertionError("no row " + name + " in\n" + table);
    }

    private static URI address(String welcome, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + " +(http://\\S+)").matcher(welcome);
        assertThat(line.find()).as(welcome).isTrue();
        return URI.create(line.group(1));
    }

    private static String get(URI address) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setReadTimeout(10_000);
        boolean well = connection.getResponseCode() == 200;
        InputStream body = well ? connection.getInputStream() : connection.getErrorStream();
        return connection.getResponseCode() + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
}
