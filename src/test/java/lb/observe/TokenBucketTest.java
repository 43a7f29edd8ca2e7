package lb.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private long nanos = -5;

    @Test void letsABurstThroughAndThenSoManyASecond() {
        TokenBucket bucket = new TokenBucket(3, 1, () -> nanos);
        StringBuilder taken = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            taken.append(bucket.take() ? 'y' : 'n');
            nanos += TimeUnit.MILLISECONDS.toNanos(500);
        }
        assertThat(taken).hasToString("yyyyynynyn");
    }

    @Test void holdsNoMoreThanTheBurstAfterALongPause() {
        TokenBucket bucket = new TokenBucket(3, 10, () -> nanos);
        nanos += TimeUnit.DAYS.toNanos(3);
        for (int i = 0; i < 3; i++) assertThat(bucket.take()).isTrue();
        assertThat(bucket.take()).isFalse();
    }
}
