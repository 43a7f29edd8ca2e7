package lb.admin;

import static io.netty.handler.codec.http.HttpMethod.GET;

/** Every path of the admin listener: the one table to read, and to add a line to. */
final class AdminRoutes {
    private AdminRoutes() {}

    static Routes of(StatusSource source) {
        ReadinessPages readiness = new ReadinessPages(source);
        StatusPages status = new StatusPages(source);
        return new Routes()
                .add(GET, "/livez", readiness::live)
                .add(GET, "/readyz", readiness::ready)
                .add(GET, "/status.txt", status::text)
                .add(GET, "/api/v1/status", status::status)
                .add(GET, "/api/v1/listeners", status::listeners)
                .add(GET, "/api/v1/pools", status::pools)
                .add(GET, "/api/v1/pools/{pool}", status::pool)
                .add(GET, "/api/v1/pools/{pool}/backends/{id}", status::backend);
    }
}
