package lb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AbsoluteFormTest {
    @Test void splitsAuthorityAndRest() {
        assertThat(AbsoluteForm.of("http://localhost:9901/livez?x"))
                .isEqualTo(new AbsoluteForm("localhost:9901", "/livez?x"));
        assertThat(AbsoluteForm.of("HTTP://[::1]/")).isEqualTo(new AbsoluteForm("[::1]", "/"));
    }

    @Test void takesNoPathForTheRoot() {
        assertThat(AbsoluteForm.of("http://a")).isEqualTo(new AbsoluteForm("a", "/"));
        assertThat(AbsoluteForm.of("http://a?x")).isEqualTo(new AbsoluteForm("a", "/?x"));
    }

    @Test void isNothingForOtherForms() {
        for (String other : new String[] {"/livez", "*", "localhost:9901", "https://a/", "http:/a"}) {
            assertThat(AbsoluteForm.of(other)).as(other).isNull();
        }
    }
}
