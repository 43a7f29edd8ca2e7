package lb.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class BalanceTableTest {
    @Test void isTheOneOfTheReadme() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(BalanceTable.markdown().strip());
    }
}
