package lb.proxy;

import lb.connect.Connections;
import lb.connect.Lane;

/** Exchanges whose backend sides come from the test. */
public final class ExchangesFixture {
    private ExchangesFixture() {}

    public static Exchanges over(Lane lane, Connections connections) {
        return new Exchanges(lane, connections, ended -> { });
    }
}
