package lb.proxy;

import java.util.List;
import lb.http.Failure;
import lb.http.Head;

/** Where the requests that it takes go, and the filters on their way. Threading: immutable; any event loop. */
public final class Route {
    private static final LocalAnswer NO_ROUTE = LocalAnswer.refusal(Failure.NO_ROUTE, "");
    private static final LocalAnswer AMBIGUOUS_PATH = LocalAnswer.refusal(Failure.REQUEST_PATH, "");
    private static final Filter[] NO_FILTERS = {};

    private final String name;
    private final Filter[] filters;
    private final Destination destination;
    private final LocalAnswer refusal;

    private Route(String name, List<Filter> filters, Destination destination, LocalAnswer refusal) {
        this.name = name;
        this.filters = filters.toArray(NO_FILTERS);
        this.destination = destination;
        this.refusal = refusal;
    }

    /**
     * A route of the config.
     *
     * @param filters     requests pass them in this order
     * @param destination or null where one of the filters answers every request
     */
    public static Route of(String name, List<Filter> filters, Destination destination) {
        return new Route(name, filters, destination, NO_ROUTE);
    }

    /** For what no route takes. */
    public static Route rest(Destination destination) {
        return new Route(null, List.of(), destination, null);
    }

    /** For what no route takes where there is no pool for it. */
    public static Route none() {
        return new Route(null, List.of(), null, NO_ROUTE);
    }

    /** For a path that means one route as it is written and another one when it is decoded. */
    static Route ambiguous() {
        return new Route(null, List.of(), null, AMBIGUOUS_PATH);
    }

    /** Or null: it is no route of the config. */
    public String name() {
        return name;
    }

    /** Or null: its requests are answered here. */
    public Destination destination() {
        return destination;
    }

    /** Lets the filters look at a request. @return the answer that ends it here, or null */
    LocalAnswer request(Exchange exchange) {
        for (Filter filter : filters) {
            LocalAnswer answer = filter.request(exchange);
            if (answer != null) return answer;
        }
        return destination == null ? refusal : null;
    }

    void backendRequest(Head head, Exchange exchange) {
        for (Filter filter : filters) filter.backendRequest(head, exchange);
    }

    void response(Head head, Exchange exchange) {
        for (int i = filters.length - 1; i >= 0; i--) filters[i].response(head, exchange);
    }

    /** @return null where the body stays as it is. One filter at most changes it: the last that wants to */
    BodyStage responseBody(Head head, Exchange exchange) {
        for (int i = filters.length - 1; i >= 0; i--) {
            BodyStage stage = filters[i].responseBody(head, exchange);
            if (stage != null) return stage;
        }
        return null;
    }
}
