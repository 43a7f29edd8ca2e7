package lb.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import lb.pool.Balancer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The balancer that the README shows is compiled, packed and found as it says. */
final class ReadmeBalancerTest {
    @TempDir private Path folder;

    @Test void theExampleOfTheReadmeIsFoundByItsName() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        Path source = Files.writeString(folder.resolve("FirstOnly.java"), found(readme, "(?s)```java\n(.*?)```"));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp",
                System.getProperty("java.class.path"), "-d", classes.toString(), source.toString());
        assertThat(failed).as("javac").isZero();
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(found(readme, "classes/META-INF/services/([\\w.]+)")),
                found(readme, "echo ([\\w.]+) > classes"));

        URL[] urls = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, BalancerProvider.class.getClassLoader())) {
            BalancerProvider provider = ServiceLoader.load(BalancerProvider.class, loader).stream()
                    .filter(each -> each.type().getClassLoader() == loader).findFirst().orElseThrow().get();
            assertThat(readme).contains("\"balance\": \"" + provider.name() + "\"");
            Balancer balancer = provider.create();
            assertThat(BalancerContract.picks(3, balancer.over(BalancerContract.mixed(5)))).isEqualTo("b0b0b0");
        }
    }

    private static String found(String readme, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(readme);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }
}
