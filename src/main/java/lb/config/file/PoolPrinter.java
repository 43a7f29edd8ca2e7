package lb.config.file;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import lb.config.BackendConfig;
import lb.config.BalanceConfig;
import lb.config.ConnectionsConfig;
import lb.config.HealthConfig;
import lb.config.Limits;
import lb.config.OutlierConfig;
import lb.config.PoolConfig;
import lb.config.RetryConfig;
import lb.config.StickyConfig;
import lb.config.SuccessRateConfig;
import lb.config.Timeouts;
import lb.config.Units;

/** Prints what stands in a pool. Threading: one thread. */
final class PoolPrinter {
    private final JsonGenerator out;

    PoolPrinter(JsonGenerator out) {
        this.out = out;
    }

    void print(PoolConfig pool) throws IOException {
        out.writeObjectFieldStart(pool.name());
        out.writeArrayFieldStart("backends");
        for (BackendConfig backend : pool.backends()) backend(backend);
        out.writeEndArray();
        balance(pool.balance());
        health(pool.health());
        retry(pool.retry(), true);
        timeouts(pool.timeouts(), false);
        limits(pool.limits(), false);
        connections(pool.connections());
        out.writeBooleanField("preserveHost", pool.preserveHost());
        outlier(pool.outlier());
        orFalse("slowStart", pool.slowStart().isZero() ? null : Units.write(pool.slowStart()));
        text("whenNoneEligible", pool.whenNoneEligible().word());
        sticky(pool.sticky());
        orFalse("zone", pool.preference().zone());
        double enough = pool.preference().enoughEligible();
        orFalse("enoughEligible", enough == 0 ? null : Units.writeShare(enough));
        out.writeEndObject();
    }

    private void backend(BackendConfig backend) throws IOException {
        out.writeStartObject();
        text("url", "http://" + backend.authority());
        text("id", backend.id());
        out.writeNumberField("weight", backend.weight());
        text("state", Words.of(backend.state()));
        out.writeBooleanField("backup", backend.backup());
        if (!backend.backup()) out.writeNumberField("priority", backend.priority());
        orFalse("zone", backend.zone());
        out.writeEndObject();
    }

    private void balance(BalanceConfig balance) throws IOException {
        if (balance.hash() == null) {
            text("balance", balance.name());
            return;
        }
        out.writeObjectFieldStart("balance");
        text("hash", balance.hash().toString());
        out.writeEndObject();
    }

    private void health(HealthConfig health) throws IOException {
        if (health == null) {
            out.writeBooleanField("health", false);
            return;
        }
        out.writeObjectFieldStart("health");
        if (health.path() == null) {
            out.writeBooleanField("path", false);
        } else {
            text("path", health.path());
            out.writeObjectFieldStart("expect");
            text("status", health.expect().toString());
            out.writeEndObject();
        }
        text("interval", Units.write(health.interval()));
        text("timeout", Units.write(health.timeout()));
        out.writeNumberField("rise", health.rise());
        out.writeNumberField("fall", health.fall());
        out.writeEndObject();
    }

    void retry(RetryConfig retry, boolean budget) throws IOException {
        if (retry.equals(RetryConfig.NEVER)) {
            out.writeBooleanField("retry", false);
            return;
        }
        out.writeObjectFieldStart("retry");
        out.writeNumberField("attempts", retry.attempts());
        out.writeArrayFieldStart("on");
        for (String word : retry.on()) out.writeString(word);
        out.writeEndArray();
        text("within", Units.write(retry.within()));
        if (budget) text("budget", Units.writeShare(retry.budget()));
        out.writeEndObject();
    }

    void timeouts(Timeouts timeouts, boolean root) throws IOException {
        out.writeObjectFieldStart("timeouts");
        text("connect", Units.write(timeouts.connect()));
        text("response", Units.write(timeouts.response()));
        text("stream", Units.write(timeouts.stream()));
        text("upgrade", Units.write(timeouts.upgrade()));
        if (root) {
            text("clientHeaders", Units.write(timeouts.clientHeaders()));
            text("clientIdle", Units.write(timeouts.clientIdle()));
            text("drain", Units.write(timeouts.drain()));
        }
        out.writeEndObject();
    }

    void limits(Limits limits, boolean root) throws IOException {
        out.writeObjectFieldStart("limits");
        if (root) {
            text("headers", Units.write(limits.headers()));
            out.writeNumberField("headerCount", limits.headerCount());
            text("line", Units.write(limits.line()));
        }
        body(limits.body());
        if (root) clients(limits);
        out.writeEndObject();
    }

    void body(long bytes) throws IOException {
        if (bytes == Limits.NONE) {
            out.writeBooleanField("body", false);
        } else {
            text("body", Units.write(bytes));
        }
    }

    private void clients(Limits limits) throws IOException {
        if (limits.bodyRate() == 0) {
            out.writeBooleanField("bodyRate", false);
        } else {
            text("bodyRate", Units.writeRate(limits.bodyRate()));
        }
        if (limits.connections() == 0) {
            text("connections", "auto");
        } else {
            out.writeNumberField("connections", limits.connections());
        }
        if (limits.connectionsPerClient() == 0) {
            out.writeBooleanField("connectionsPerClient", false);
        } else {
            out.writeNumberField("connectionsPerClient", limits.connectionsPerClient());
        }
    }

    private void connections(ConnectionsConfig connections) throws IOException {
        out.writeObjectFieldStart("connections");
        if (connections.maxPerBackend() == 0) {
            out.writeBooleanField("maxPerBackend", false);
        } else {
            out.writeNumberField("maxPerBackend", connections.maxPerBackend());
        }
        text("idle", Units.write(connections.idle()));
        out.writeNumberField("maxIdle", connections.maxIdle());
        out.writeNumberField("queue", connections.queue());
        text("queueTimeout", Units.write(connections.queueTimeout()));
        out.writeEndObject();
    }

    private void outlier(OutlierConfig outlier) throws IOException {
        if (outlier == null) {
            out.writeBooleanField("outlier", false);
            return;
        }
        out.writeObjectFieldStart("outlier");
        out.writeNumberField("consecutiveFailures", outlier.consecutiveFailures());
        text("eject", Units.write(outlier.eject()));
        text("maxEject", Units.write(outlier.maxEject()));
        text("maxEjected", Units.writeShare(outlier.maxEjected()));
        out.writeArrayFieldStart("on");
        for (OutlierConfig.On on : outlier.on()) out.writeString(on.word());
        out.writeEndArray();
        successRate(outlier.successRate());
        out.writeBooleanField("overruleProbes", outlier.overruleProbes());
        out.writeEndObject();
    }

    private void successRate(SuccessRateConfig successRate) throws IOException {
        if (successRate == null) {
            out.writeBooleanField("successRate", false);
            return;
        }
        out.writeObjectFieldStart("successRate");
        text("below", Units.writeShare(successRate.below()));
        out.writeNumberField("minRequests", successRate.minRequests());
        text("window", Units.write(successRate.window()));
        out.writeEndObject();
    }

    private void sticky(StickyConfig sticky) throws IOException {
        if (sticky == null) {
            out.writeBooleanField("sticky", false);
            return;
        }
        out.writeObjectFieldStart("sticky");
        text(sticky.cookie() != null ? "cookie" : "learn",
                sticky.cookie() != null ? sticky.cookie() : sticky.learn());
        if (sticky.ttl() == null) {
            out.writeBooleanField("ttl", false);
        } else {
            text("ttl", Units.write(sticky.ttl()));
        }
        if (sticky.cookie() != null) cookie(sticky);
        out.writeEndObject();
    }

    private void cookie(StickyConfig sticky) throws IOException {
        out.writeBooleanField("secure", sticky.secure());
        text("sameSite", Words.capitalised(sticky.sameSite()));
        orFalse("domain", sticky.domain());
        text("path", sticky.path());
        out.writeArrayFieldStart("keys");
        for (int i = 0; i < sticky.keys().size(); i++) out.writeString(Secrets.HIDDEN);
        out.writeEndArray();
    }

    private void orFalse(String key, String value) throws IOException {
        if (value == null) {
            out.writeBooleanField(key, false);
        } else {
            text(key, value);
        }
    }

    private void text(String key, String value) throws IOException {
        out.writeStringField(key, Lookups.escape(value));
    }
}
