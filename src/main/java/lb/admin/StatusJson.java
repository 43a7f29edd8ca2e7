package lb.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lb.config.BackendConfig;
import lb.pool.TierShare;

/**
 * Views as JSON. Times are ISO 8601 in UTC, durations seconds with three decimals, memory bytes. Written by hand, so
 * that the names users rely on stand in one place and do not follow our renamings.
 */
final class StatusJson {
    private final JsonGenerator json;

    StatusJson(JsonGenerator json) {
        this.json = json;
    }

    void status(StatusView view, List<ListenerView> listeners, List<PoolView> pools) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", view.name());
        json.writeStringField("version", view.version());
        json.writeStringField("java", view.java());
        json.writeStringField("netty", view.netty());
        json.writeStringField("transport", view.transport());
        json.writeNumberField("pid", view.pid());
        time("started", view.started());
        seconds("uptime", view.uptime());
        json.writeNumberField("generation", view.generation());
        config(view.config());
        lastReload(view.lastReload());
        json.writeFieldName("listeners");
        listeners(listeners);
        clients(view.clients());
        json.writeFieldName("pools");
        pools(pools);
        exchanges(view.exchanges());
        json.writeObjectFieldStart("logs");
        json.writeNumberField("accessDropped", view.logs().accessDropped());
        json.writeNumberField("programDropped", view.logs().programDropped());
        json.writeEndObject();
        memory(view.memory());
        json.writeEndObject();
    }

    void listeners(List<ListenerView> listeners) throws IOException {
        json.writeStartArray();
        for (ListenerView each : listeners) {
            json.writeStartObject();
            json.writeStringField("name", each.name());
            json.writeStringField("address", each.address());
            json.writeNumberField("port", each.port());
            json.writeNumberField("connected", each.connected());
            json.writeNumberField("connections", each.connections());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    void pools(List<PoolView> pools) throws IOException {
        json.writeStartArray();
        for (PoolView each : pools) pool(each);
        json.writeEndArray();
    }

    void pool(PoolView pool) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", pool.name());
        json.writeStringField("balance", pool.balance());
        json.writeNumberField("eligible", pool.eligible());
        json.writeArrayFieldStart("tiers");
        for (TierShare each : pool.tiers()) tier(each);
        json.writeEndArray();
        json.writeNumberField("unserved", pool.unserved());
        json.writeNumberField("waiting", pool.waiting());
        counts("retries", pool.retries());
        counts("retriesRefused", pool.refused());
        json.writeObjectFieldStart("retryBudget");
        json.writeNumberField("used", pool.budget().used());
        json.writeNumberField("most", pool.budget().most());
        json.writeEndObject();
        json.writeArrayFieldStart("backends");
        for (BackendView each : pool.backends()) backend(each);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void tier(TierShare tier) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", tier.name());
        json.writeNumberField("eligible", tier.backends());
        json.writeNumberField("share", Math.round(tier.share() * 1000) / 1000.0);
        json.writeEndObject();
    }

    void backend(BackendView backend) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", backend.id());
        json.writeStringField("address", backend.address());
        json.writeStringField("status", backend.status());
        time("since", backend.since());
        seconds("forSeconds", backend.lasting());
        json.writeStringField("cause", backend.cause());
        json.writeNumberField("weight", backend.weight());
        json.writeNumberField("share", backend.share() / 10.0);
        boolean backup = backend.priority() == BackendConfig.BACKUP;
        json.writeBooleanField("backup", backup);
        if (!backup) json.writeNumberField("priority", backend.priority());
        json.writeStringField("zone", backend.zone());
        json.writeNumberField("inFlight", backend.inFlight());
        json.writeNumberField("connections", backend.connections());
        json.writeNumberField("idleConnections", backend.idleConnections());
        json.writeNumberField("requests", backend.requests());
        json.writeNumberField("failures", backend.failures());
        seconds("latencySeconds", backend.latency());
        json.writeObjectFieldStart("responses");
        for (int i = 0; i < 5; i++) json.writeNumberField(i + 1 + "xx", backend.responses().get(i));
        json.writeEndObject();
        health(backend.health());
        traffic(backend.traffic());
        json.writeEndObject();
    }

    private void health(BackendView.Health health) throws IOException {
        if (health == null) {
            json.writeNullField("health");
            return;
        }
        json.writeObjectFieldStart("health");
        json.writeStringField("lastResult", health.lastResult());
        time("lastProbeAt", health.lastProbeAt());
        json.writeNumberField("probes", health.probes());
        json.writeNumberField("failures", health.failures());
        json.writeEndObject();
    }

    private void traffic(BackendView.Traffic traffic) throws IOException {
        if (traffic == null) {
            json.writeNullField("traffic");
            return;
        }
        json.writeObjectFieldStart("traffic");
        json.writeNumberField("failuresInARow", traffic.failuresInARow());
        time("ejectedUntil", traffic.ejectedUntil());
        json.writeNumberField("ejectionsInARow", traffic.ejectionsInARow());
        json.writeEndObject();
    }

    private void config(StatusView.ConfigFile config) throws IOException {
        json.writeObjectFieldStart("config");
        json.writeStringField("path", config.path());
        json.writeStringField("hash", config.hash());
        time("loadedAt", config.loadedAt());
        json.writeEndObject();
    }

    private void lastReload(StatusView.Reload reload) throws IOException {
        if (reload == null) {
            json.writeNullField("lastReload");
            return;
        }
        json.writeObjectFieldStart("lastReload");
        time("at", reload.at());
        json.writeBooleanField("ok", reload.ok());
        json.writeArrayFieldStart("problems");
        for (String each : reload.problems()) json.writeString(each);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void clients(StatusView.Clients clients) throws IOException {
        json.writeObjectFieldStart("clients");
        json.writeNumberField("connected", clients.connected());
        json.writeNumberField("limit", clients.limit());
        json.writeNumberField("refused", clients.refused());
        json.writeEndObject();
    }

    private void exchanges(StatusView.Exchanges exchanges) throws IOException {
        json.writeObjectFieldStart("exchanges");
        json.writeNumberField("active", exchanges.active());
        json.writeNumberField("total", exchanges.total());
        counts("byCause", exchanges.byCause());
        counts("byStatus", exchanges.byStatus());
        json.writeEndObject();
    }

    private void memory(MemoryView memory) throws IOException {
        json.writeObjectFieldStart("memory");
        json.writeNumberField("heapUsed", memory.heapUsed());
        json.writeNumberField("heapMax", memory.heapMax());
        json.writeNumberField("directUsed", memory.directUsed());
        if (memory.rss() >= 0) json.writeNumberField("rss", memory.rss());
        json.writeEndObject();
    }

    private void counts(String name, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> each : counts.entrySet()) json.writeNumberField(each.getKey(), each.getValue());
        json.writeEndObject();
    }

    private void time(String name, Instant time) throws IOException {
        json.writeStringField(name, time == null ? null : time.toString());
    }

    private void seconds(String name, Duration duration) throws IOException {
        json.writeNumberField(name, duration.toMillis() / 1000.0);
    }
}
