package lb.proxy;

import lb.connect.Connections;
import lb.connect.Lane;
import lb.http.Failure;
import lb.http.Head;

/** The exchanges of one lane and what they share. Event loop only, but for {@link #active}. */
public final class Exchanges {
    private final Lane lane;
    private final Connections connections;
    private final ExchangeObserver observer;
    private final DateLine date = new DateLine();
    private final RequestIds ids;
    private final Running running = new Running();

    public Exchanges(Lane lane, ExchangeObserver observer) {
        this(lane, lane.connections(), observer);
    }

    /** @param connections others than the lane's own: for tests of exchanges without channels */
    Exchanges(Lane lane, Connections connections, ExchangeObserver observer) {
        this.lane = lane;
        this.connections = connections;
        this.observer = observer;
        ids = new RequestIds(lane.index());
    }

    public Lane lane() {
        return lane;
    }

    /** Running now. Any thread. */
    public int active() {
        return running.count();
    }

    /**
     * A request's head is here. What the client sends next goes to the exchange, which may have ended when this
     * returns: then the side was told.
     *
     * @param request the exchange's now
     */
    public Exchange begin(ClientSide client, Head request, RouteTable routes) {
        Exchange exchange = new Exchange(this, client, request, routes);
        running.add(exchange);
        return exchange;
    }

    /** Something came that is no request: it is answered, counted and logged like one, and goes nowhere. */
    public void refuse(ClientSide client, RouteTable routes, Failure failure) {
        begin(client, null, routes).clientFailed(failure);
    }

    /** Ends all that run, as lb is stopping: each is answered where that is still possible, and logged. */
    public void cut() {
        for (Exchange each : running.all()) {
            try {
                each.clientFailed(Failure.DRAINED);
            } catch (RuntimeException | Error fault) {
                each.broke(fault);
            }
        }
    }

    void ended(Exchange exchange) {
        running.remove(exchange);
        observer.exchangeEnded(exchange.record());
    }

    Connections connections() {
        return connections;
    }

    DateLine date() {
        return date;
    }

    String nextId() {
        return ids.next();
    }
}
