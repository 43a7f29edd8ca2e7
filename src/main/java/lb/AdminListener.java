package lb;

import java.io.IOException;
import lb.admin.AdminServer;
import lb.admin.StatusSource;
import lb.config.AdminConfig;
import lb.config.ListenAddress;
import lb.connect.Transport;

/** The admin listener as the config wants it: none, or one that is bound again only when its address changes. */
final class AdminListener {
    private final Transport transport;
    private final StatusSource source;
    private AdminConfig config;
    private volatile AdminServer open;

    AdminListener(Transport transport, StatusSource source) {
        this.transport = transport;
        this.source = source;
    }

    /** A listener that is bound but not yet in place. @param server or null when there is to be none */
    record Prepared(AdminConfig config, AdminServer server) {}

    /** Control thread. @throws IOException when the address cannot be had; with a message for the operator */
    Prepared prepare(AdminConfig next) throws IOException {
        if (next == null) return new Prepared(null, null);
        if (next.equals(config)) return new Prepared(config, open);
        return new Prepared(next, AdminServer.start(next.listen(), transport, source));
    }

    /** Control thread. */
    void swap(Prepared prepared) {
        AdminServer previous = open;
        open = prepared.server;
        config = prepared.config;
        if (previous == open) return;
        if (open != null) open.accept();
        if (previous != null) previous.close();
    }

    /** Control thread. Undoes {@link #prepare}. */
    void giveUp(Prepared prepared) {
        if (prepared.server != null && prepared.server != open) prepared.server.close();
    }

    void close() {
        swap(new Prepared(null, null));
    }

    /** Any thread. -1 when there is none. */
    int port() {
        AdminServer now = open;
        return now == null ? -1 : now.port();
    }

    /** Control thread. {@code host:port}, or {@code off}. */
    String boundTo() {
        return open == null ? "off" : new ListenAddress(config.listen().host(), port()).toString();
    }
}
