package lb.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lb.http.Failure;
import org.junit.jupiter.api.Test;

class CausesTest {
    @Test void countsByCauseAndStatusClass() throws IOException {
        Causes causes = new Causes();
        try (Runs runs = new Runs(0, causes)) {
            runs.served();
            runs.served();
            runs.malformed(Failure.REQUEST_FIELD);
            runs.refusedByBackend("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            runs.answered("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
        }
        assertThat(causes.total()).isEqualTo(5);
        assertThat(causes.count(Failure.REQUEST_FIELD)).isEqualTo(1);
        assertThat(causes.count(Failure.CONNECT_REFUSED)).isEqualTo(1);
        assertThat(causes.count(Failure.NO_BACKEND)).isZero();
        assertThat(List.of(causes.statuses(2), causes.statuses(4), causes.statuses(5))).containsExactly(2L, 2L, 1L);
    }

    @Test void tellsEveryObserverAlsoBehindOneThatFails() {
        List<String> told = new ArrayList<>();
        Observers observers = new Observers(exchange -> told.add("first"), exchange -> {
            throw new IllegalStateException("on purpose");
        }, exchange -> told.add("last"));
        try (Runs runs = new Runs(0, observers)) {
            runs.served();
            runs.served();
        }
        assertThat(told).containsExactly("first", "last", "first", "last");
    }
}
