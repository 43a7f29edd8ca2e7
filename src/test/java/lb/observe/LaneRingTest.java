package lb.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LaneRingTest {
    private final CaughtTarget target = new CaughtTarget();
    private final LaneRing ring = new LaneRing(16);

    @Test void handsRecordsOverInOrderAroundTheEnd() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(offer("record" + i % 10 + "\n")).isEqualTo(8);
            ring.drain(target);
        }
        assertThat(target.lines()).hasSize(100).allMatch(line -> line.matches("record[0-9]"));
    }

    @Test void refusesARecordThatFindsNoRoomAndNoPartOfItIsSeen() throws Exception {
        assertThat(offer("0123456\n")).isEqualTo(8);
        assertThat(offer("12345678\n")).isEqualTo(-1);
        assertThat(offer("abcdefg\n")).isEqualTo(16);
        assertThat(offer("\n")).isEqualTo(-1);
        ring.drain(target);
        assertThat(target.text()).isEqualTo("0123456\nabcdefg\n");
        assertThat(offer("1\n")).isEqualTo(2);
    }

    @Test void countsTheRecordsThatABrokenTargetLosesAndGoesOn() throws Exception {
        offer("a\n");
        offer("b\n");
        target.broken = true;
        LaneRing.Lost lost = catchThrowableOfType(LaneRing.Lost.class, () -> ring.drain(target));
        assertThat(lost.records()).isEqualTo(2);
        assertThat(lost).hasMessage("Broken pipe");
        target.broken = false;
        offer("c\n");
        ring.drain(target);
        assertThat(target.text()).isEqualTo("c\n");
    }

    @Test void losesAndMixesNothingBetweenTwoThreads() throws Exception {
        LaneRing small = new LaneRing(256);
        AtomicBoolean done = new AtomicBoolean();
        Thread lane = new Thread(() -> {
            for (int i = 0; i < 50_000;) {
                byte[] record = (i + "\n").getBytes(StandardCharsets.US_ASCII);
                if (small.offer(record, record.length) >= 0) i++;
                else Thread.onSpinWait();
            }
            done.set(true);
        });
        lane.start();
        while (!done.get()) small.drain(target);
        small.drain(target);
        lane.join();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 50_000; i++) expected.append(i).append('\n');
        assertThat(target.text()).isEqualTo(expected.toString());
    }

    private int offer(String record) {
        return ring.offer(record.getBytes(StandardCharsets.US_ASCII), record.length());
    }
}
