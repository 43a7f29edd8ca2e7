package lb.admin;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import lb.config.BackendConfig;
import lb.config.Units;
import lb.pool.TierShare;

/** Status as people read it in a terminal: one line about lb, then a table per kind. Threading: stateless. */
final class StatusText {
    private StatusText() {}

    static String of(StatusView view, List<ListenerView> listeners, List<PoolView> pools) {
        StringBuilder out = new StringBuilder();
        process(view, out);
        out.append('\n');
        listeners(listeners, out);
        for (PoolView pool : pools) {
            out.append('\n');
            pool(pool, out);
        }
        return out.toString();
    }

    private static void process(StatusView view, StringBuilder out) {
        out.append(view.name()).append(' ').append(view.version()).append(", Java ").append(view.java())
                .append(", Netty ").append(view.netty()).append(", ").append(view.transport())
                .append(", pid ").append(view.pid()).append(", up ").append(Units.show(view.uptime())).append('\n');
        StatusView.ConfigFile config = view.config();
        out.append("config      ").append(config.path() == null ? "from the command line" : config.path())
                .append(", generation ").append(view.generation()).append(", since ")
                .append(config.loadedAt()).append('\n');
        StatusView.Reload reload = view.lastReload();
        if (reload != null) {
            out.append("last reload ").append(reload.at()).append(reload.ok() ? " ok" : " FAILED").append('\n');
            for (String problem : reload.problems()) out.append("            ").append(shown(problem)).append('\n');
        }
        out.append("clients     ").append(view.clients().connected()).append(" of ").append(view.clients().limit())
                .append(", ").append(view.clients().refused()).append(" refused\n");
        out.append("exchanges   ").append(view.exchanges().active()).append(" active, ")
                .append(view.exchanges().total()).append(" ended")
                .append(counts(view.exchanges().byStatus())).append('\n');
        String causes = counts(view.exchanges().byCause());
        if (!causes.isEmpty()) out.append("failures    ").append(causes.substring(2)).append('\n');
    }

    private static void listeners(List<ListenerView> listeners, StringBuilder out) {
        TextTable table = new TextTable("listener", "address", "port", "connected", "connections");
        for (ListenerView each : listeners) {
            table.row(each.name(), each.address(), each.port(), each.connected(), each.connections());
        }
        table.write(out);
    }

    private static void pool(PoolView pool, StringBuilder out) {
        out.append("pool ").append(shown(pool.name())).append(": ").append(pool.balance()).append(", ")
                .append(pool.eligible()).append(" of ").append(pool.backends().size()).append(" eligible, ")
                .append(pool.unserved()).append(" unserved");
        if (pool.waiting() > 0) out.append(", ").append(pool.waiting()).append(" waiting");
        out.append('\n');
        if (pool.tiers().size() > 1) {
            out.append("requests go  ").append(shown(TierShare.words(pool.tiers()))).append('\n');
        }
        retries("retried      ", pool.retries(), out);
        retries("not retried  ", pool.refused(), out);
        if (pool.budget().used() > 0) {
            out.append("retry budget ").append(pool.budget().used()).append(" of ").append(pool.budget().most())
                    .append(" used in 10s\n");
        }
        TextTable table = new TextTable("backend", "address", "status", "for", "weight", "tier", "in flight",
                "requests", "failures", "latency", "2xx", "3xx", "4xx", "5xx", "cause");
        for (BackendView each : pool.backends()) {
            List<Long> responses = each.responses();
            table.row(each.id(), each.address(), each.status(), Units.show(each.lasting()), weight(each),
                    tier(each), each.inFlight(), each.requests(), each.failures(), latency(each), responses.get(1),
                    responses.get(2), responses.get(3), responses.get(4), cause(each));
        }
        table.write(out);
    }

    private static String cause(BackendView backend) {
        BackendView.Traffic traffic = backend.traffic();
        if (traffic == null || traffic.ejectedUntil() == null) return backend.cause();
        return backend.cause() + "; ejected until " + traffic.ejectedUntil().truncatedTo(ChronoUnit.SECONDS);
    }

    /** {@code 4}, {@code 4 at 30%} in a slow start. */
    private static String weight(BackendView backend) {
        return backend.weight() + (backend.share() < 10 ? " at " + backend.share() * 10 + "%" : "");
    }

    /** {@code 0}, {@code backup}, {@code 1 in eu-1a}. */
    private static String tier(BackendView backend) {
        String priority = backend.priority() == BackendConfig.BACKUP ? "backup" : "" + backend.priority();
        return priority + (backend.zone() == null ? "" : " in " + backend.zone());
    }

    private static String latency(BackendView backend) {
        return backend.latency().isZero() ? "–" : Units.show(backend.latency());
    }

    private static void retries(String title, Map<String, Long> counts, StringBuilder out) {
        if (!counts.isEmpty()) out.append(title).append(counts(counts).substring(2)).append('\n');
    }

    /** What never happened is left out. */
    private static String counts(Map<String, Long> counts) {
        StringBuilder out = new StringBuilder();
        counts.forEach((name, count) -> {
            if (count > 0) out.append(", ").append(count).append(' ').append(name);
        });
        return out.toString();
    }

    /** Without what could move a terminal's cursor. */
    static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "?");
    }
}
