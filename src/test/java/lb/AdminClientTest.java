package lb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdminClientTest {
    @Test void takesAPortAloneForOneOfLoopback() {
        assertThat(AdminClient.address("9902")).isEqualTo("127.0.0.1:9902");
        assertThat(AdminClient.address(":9902")).isEqualTo("127.0.0.1:9902");
    }

    @Test void takesAnAddressAsItIs() {
        assertThat(AdminClient.address("[::1]:9902")).isEqualTo("[::1]:9902");
        assertThat(AdminClient.address("localhost:9902")).isEqualTo("localhost:9902");
    }

    @Test void asksWhereAdminListensUnlessToldOtherwise() {
        assertThat(AdminClient.address(null)).isEqualTo("127.0.0.1:9901");
    }
}
