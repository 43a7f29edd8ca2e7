package lb.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"500ms,500", "5s,5000", "1.5s,1500", "0.25ms,-1", "1m,60000", "2h,7200000", "1d,86400000",
            "1h30m,5400000", "2m10s,130000", "1d2h3m4s5ms,93784005", "0s,0", "00005s,5000"})
    void readsDurationsToTheMillisecond(String text, long millis) {
        if (millis < 0) {
            assertThatIllegalArgumentException().isThrownBy(() -> Units.duration(text));
        } else {
            assertThat(Units.duration(text)).isEqualTo(Duration.ofMillis(millis));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", " 5s", "5s ", "5 s", "s", "5S", "5sec", "-5s", "+5s", "1s1m", "1.5h30m", ".5s",
            "5.s", "1e3s", "5µs", "٥s", "12345678901s", "1.1234567891s"})
    void refusesWhatIsNoDuration(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Units.duration(text))
                .withMessageStartingWith(Quoted.of(text));
    }

    @ParameterizedTest
    @CsvSource({"5 s,5s", "5sec,5s", "2 Minutes,2m", "10MS,10ms", "1hr,1h"})
    void guessesTheMeantDuration(String text, String meant) {
        assertThatIllegalArgumentException().isThrownBy(() -> Units.duration(text))
                .withMessageEndingWith("; did you mean \"" + meant + "\"?");
    }

    @Test void writesEveryDurationSoThatItReadsBack() {
        long[] interesting = {1, 999, 1000, 1001, 1500, 59_999, 60_000, 61_000, 3_599_000, 3_600_000, 3_661_000,
                86_400_000, 90_061_000, 2_592_000_000L};
        for (long millis : interesting) {
            Duration duration = Duration.ofMillis(millis);
            assertThat(Units.duration(Units.write(duration))).isEqualTo(duration);
        }
        assertThat(Units.write(Duration.ofMillis(90_061_000))).isEqualTo("1d1h1m1s");
        assertThat(Units.write(Duration.ofMillis(1500))).isEqualTo("1500ms");
    }

    @ParameterizedTest
    @CsvSource({"999,999ms", "1500,1.5s", "59000,59s", "130000,2m10s", "7260000,2h1m", "273600000,3d4h"})
    void showsAtMostTwoUnits(long millis, String shown) {
        assertThat(Units.show(Duration.ofMillis(millis))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0B,0", "512B,512", "64KiB,65536", "10MiB,10485760", "1GiB,1073741824", "64KB,64000", "1MB,1000000",
            "2GB,2000000000"})
    void readsSizes(String text, long bytes) {
        assertThat(Units.size(text)).isEqualTo(bytes);
        assertThat(Units.size(Units.write(bytes))).isEqualTo(bytes);
    }

    @Test void doesNotOverflow() {
        assertThat(Units.size("999999999999999GiB")).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "64k", "64kB", "64 KiB", "64kib", "-1B", "1.5MiB", "KiB", "1TiB"})
    void refusesWhatIsNoSize(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Units.size(text))
                .withMessageStartingWith(Quoted.of(text));
    }

    @ParameterizedTest
    @CsvSource({"1B/s,1", "10B/s,10", "64KiB/s,65536", "1GiB/s,1073741824", "2KB/s,2000"})
    void readsRates(String text, long perSecond) {
        assertThat(Units.rate(text)).isEqualTo(perSecond);
        assertThat(Units.rate(Units.writeRate(perSecond))).isEqualTo(perSecond);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10B", "10/s", "B/s", "/s", "10 B/s", "10B/m", "10B/s/s", "-1B/s", "80kbit/s"})
    void refusesWhatIsNoRate(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Units.rate(text))
                .withMessageStartingWith(Quoted.of(text));
    }

    @ParameterizedTest
    @CsvSource({"20%,0.2", "0%,0", "100%,1", "0.5%,0.005", "33.333333%,0.33333333"})
    void readsSharesAndWritesThemBack(String text, double share) {
        assertThat(Units.share(text)).isEqualTo(share);
        assertThat(Units.writeShare(share)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "0.2", "101%", "-1%", "20 %", "%"})
    void refusesWhatIsNoShare(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Units.share(text))
                .withMessageStartingWith(Quoted.of(text));
    }
}
