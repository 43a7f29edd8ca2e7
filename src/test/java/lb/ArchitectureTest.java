package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The floors of the house, read from the sources. The table is drawn in lb/package-info.java. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?([a-z_.0-9]+)\\.[A-Z]", Pattern.MULTILINE);
    private static final Pattern INLINE =
            Pattern.compile("[^\\w.\"](lb|io\\.netty|com\\.fasterxml)(\\.[a-z_0-9]+)*\\.[A-Z]");

    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("config", Set.of()),
            Map.entry("http", Set.of()),
            Map.entry("pool", Set.of("config")),
            Map.entry("balance", Set.of("pool", "config")),
            Map.entry("connect", Set.of("pool", "http", "config")),
            Map.entry("route", Set.of("http", "config")),
            Map.entry("sticky", Set.of("pool", "http", "config")),
            Map.entry("proxy", Set.of("connect", "balance", "route", "sticky", "pool", "http", "config")),
            Map.entry("listen", Set.of("proxy", "connect", "balance", "pool", "http", "config")),
            Map.entry("filter", Set.of("proxy", "connect", "route", "pool", "http", "config")),
            Map.entry("health", Set.of("proxy", "connect", "balance", "pool", "http", "config")),
            Map.entry("admin", Set.of("proxy", "connect", "balance", "pool", "http", "config")),
            Map.entry("observe", Set.of("proxy", "connect", "balance", "pool", "http", "config")),
            Map.entry("demo", Set.of("config")),
            Map.entry("", Set.of("config", "http", "pool", "balance", "connect", "proxy", "listen", "health", "admin",
                    "observe", "demo", "route", "sticky", "filter")));

    private static final Set<String> WITHOUT_NETTY = Set.of("config", "pool", "balance");
    private static final Set<String> WITH_JACKSON = Set.of("config", "admin");

    @Test void aPackageImportsFromLowerFloorsOnly() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            String from = lbPackage(packageOf(file));
            assertThat(MAY_IMPORT).as("the table knows the package of " + file).containsKey(from);
            for (String imported : imports(file)) {
                if (!imported.equals("lb") && !imported.startsWith("lb.")) continue;
                String to = lbPackage(imported);
                if (!to.equals(from) && !MAY_IMPORT.get(from).contains(to)) wrong.add(file + " imports " + imported);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test void configPoolAndBalanceKnowNoNetty() throws IOException {
        assertThat(importersOf("io.netty")).doesNotContainAnyElementsOf(WITHOUT_NETTY).isNotEmpty();
    }

    @Test void onlyConfigAndAdminKnowJackson() throws IOException {
        assertThat(WITH_JACKSON).containsAll(importersOf("com.fasterxml"));
    }

    @Test void everyPackageSaysWhatItIsForAndWhoMayTouchIt() throws IOException {
        Set<Path> folders = new TreeSet<>();
        for (Path file : sources()) folders.add(file.getParent());
        for (Path folder : folders) {
            Path info = folder.resolve("package-info.java");
            assertThat(info).exists();
            assertThat(Files.readString(info)).contains("Threading:", "tarting points:");
        }
    }

    @Test void namesAreTypesNotPaths() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            if (file.endsWith("package-info.java")) continue;
            for (String line : Files.readAllLines(file)) {
                boolean code = !line.startsWith("import ") && !line.startsWith("package ")
                        && !line.strip().startsWith("*") && !line.strip().startsWith("/");
                if (code && INLINE.matcher(line).find()) wrong.add(file + ": " + line.strip());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test void noLineIsLongerThan120Columns() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path root : List.of(SOURCES, Path.of("src/test/java"))) {
            for (Path file : sources(root)) {
                int number = 0;
                for (String line : Files.readAllLines(file)) {
                    number++;
                    if (line.length() > 120) wrong.add(file + ":" + number);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Set<String> importersOf(String prefix) throws IOException {
        Set<String> packages = new TreeSet<>();
        for (Path file : sources()) {
            boolean imports = imports(file).stream().anyMatch(name -> name.startsWith(prefix));
            if (imports) packages.add(lbPackage(packageOf(file)));
        }
        return packages;
    }

    private static Set<String> imports(Path file) throws IOException {
        Set<String> found = new TreeSet<>();
        Matcher matcher = IMPORT.matcher(Files.readString(file));
        while (matcher.find()) found.add(matcher.group(1));
        return found;
    }

    private static String packageOf(Path file) {
        return SOURCES.relativize(file.getParent()).toString().replace('/', '.');
    }

    /** {@code lb.config.file} is part of {@code config}; the root package is the empty name. */
    private static String lbPackage(String name) {
        return name.equals("lb") ? "" : name.split("\\.")[1];
    }

    private static List<Path> sources() throws IOException {
        return sources(SOURCES);
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
