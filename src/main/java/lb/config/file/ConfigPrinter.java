package lb.config.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.TreeSet;
import lb.config.AccessLogConfig;
import lb.config.AddressRange;
import lb.config.BackendConfig;
import lb.config.BalanceConfig;
import lb.config.Config;
import lb.config.ConnectionsConfig;
import lb.config.HealthConfig;
import lb.config.Limits;
import lb.config.ListenerConfig;
import lb.config.OutlierConfig;
import lb.config.PoolConfig;
import lb.config.RetryConfig;
import lb.config.SuccessRateConfig;
import lb.config.Timeouts;
import lb.config.Units;

/**
 * Prints a config with every default filled in, in the long forms, so that reading it gives an equal config.
 * No key holds a secret yet; the first that does is printed as {@code "…"}. Threading: stateless.
 */
public final class ConfigPrinter {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator out;

    private ConfigPrinter(JsonGenerator out) {
        this.out = out;
    }

    /** JSON in several lines, with a line break at the end. */
    public static String print(Config config) {
        StringWriter text = new StringWriter();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            new ConfigPrinter(out).config(config);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.append('\n').toString();
    }

    private void config(Config config) throws IOException {
        out.writeStartObject();
        out.writeObjectFieldStart("listeners");
        for (ListenerConfig listener : config.listeners().values()) {
            out.writeObjectFieldStart(listener.name());
            text("listen", listener.listen().toString());
            text("pool", listener.pool());
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeObjectFieldStart("pools");
        for (PoolConfig pool : config.pools().values()) pool(pool);
        out.writeEndObject();
        timeouts(config.timeouts(), true);
        limits(config.limits(), true);
        out.writeArrayFieldStart("trustedProxies");
        for (AddressRange range : config.trustedProxies()) out.writeString(range.toString());
        out.writeEndArray();
        if (config.admin() == null) {
            out.writeBooleanField("admin", false);
        } else {
            out.writeObjectFieldStart("admin");
            text("listen", config.admin().listen().toString());
            out.writeEndObject();
        }
        accessLog(config.accessLog());
        out.writeObjectFieldStart("log");
        text("format", Words.of(config.log().format()));
        text("level", Words.of(config.log().level()));
        out.writeEndObject();
        text("transport", Words.of(config.transport()));
        out.writeEndObject();
    }

    private void pool(PoolConfig pool) throws IOException {
        out.writeObjectFieldStart(pool.name());
        out.writeArrayFieldStart("backends");
        for (BackendConfig backend : pool.backends()) backend(backend);
        out.writeEndArray();
        balance(pool.balance());
        health(pool.health());
        retry(pool.retry());
        timeouts(pool.timeouts(), false);
        limits(pool.limits(), false);
        connections(pool.connections());
        out.writeBooleanField("preserveHost", pool.preserveHost());
        outlier(pool.outlier());
        if (pool.slowStart().isZero()) {
            out.writeBooleanField("slowStart", false);
        } else {
            text("slowStart", Units.write(pool.slowStart()));
        }
        text("whenNoneEligible", pool.whenNoneEligible().word());
        out.writeEndObject();
    }

    private void backend(BackendConfig backend) throws IOException {
        out.writeStartObject();
        text("url", "http://" + backend.authority());
        text("id", backend.id());
        out.writeNumberField("weight", backend.weight());
        text("state", Words.of(backend.state()));
        out.writeBooleanField("backup", backend.backup());
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

    private void retry(RetryConfig retry) throws IOException {
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
        text("budget", Units.writeShare(retry.budget()));
        out.writeEndObject();
    }

    private void timeouts(Timeouts timeouts, boolean root) throws IOException {
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

    private void limits(Limits limits, boolean root) throws IOException {
        out.writeObjectFieldStart("limits");
        if (root) {
            text("headers", Units.write(limits.headers()));
            out.writeNumberField("headerCount", limits.headerCount());
            text("line", Units.write(limits.line()));
        }
        if (limits.body() == Limits.NONE) {
            out.writeBooleanField("body", false);
        } else {
            text("body", Units.write(limits.body()));
        }
        if (root) clients(limits);
        out.writeEndObject();
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

    private void accessLog(AccessLogConfig accessLog) throws IOException {
        if (accessLog == null) {
            text("accessLog", "off");
            return;
        }
        out.writeObjectFieldStart("accessLog");
        text("format", Words.of(accessLog.format()));
        text("to", accessLog.to());
        text("sample", Units.writeShare(accessLog.sample()));
        out.writeArrayFieldStart("redactHeaders");
        for (String name : new TreeSet<>(accessLog.redactHeaders())) out.writeString(Lookups.escape(name));
        out.writeEndArray();
        out.writeEndObject();
    }

    private void text(String key, String value) throws IOException {
        out.writeStringField(key, Lookups.escape(value));
    }
}
