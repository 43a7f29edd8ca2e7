package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class DescriptorLimitTest {
    @Test void isWhatTheSystemLetsThisProcessHave() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        assumeThat(system).isInstanceOf(UnixOperatingSystemMXBean.class);
        assertThat(DescriptorLimit.max()).isEqualTo(((UnixOperatingSystemMXBean) system).getMaxFileDescriptorCount());
    }
}
