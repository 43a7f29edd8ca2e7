package lb;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.Version;
import org.junit.jupiter.api.Test;

class NettyVersionTest {
    @Test void isWhatNettySays() {
        String said = Version.identify().get("netty-common").artifactVersion();
        assertThat(NettyVersion.of("netty-common")).isEqualTo(said.replace(".Final", ""));
    }

    @Test void isUnknownForWhatIsNotThere() {
        assertThat(NettyVersion.of("netty-nothing")).isEqualTo("unknown");
    }
}
