package lb.config.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeSet;
import lb.config.AccessLogConfig;
import lb.config.AddressRange;
import lb.config.Config;
import lb.config.ListenerConfig;
import lb.config.PoolConfig;
import lb.config.Units;
import lb.config.route.RouteConfig;

/**
 * Prints a config with every default filled in, in the long forms, so that reading it gives an equal config; but for
 * secrets, which are printed as {@code "…"}. Threading: stateless.
 */
public final class ConfigPrinter {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator out;
    private final PoolPrinter pools;
    private final RoutesPrinter routes;

    private ConfigPrinter(JsonGenerator out) {
        this.out = out;
        this.pools = new PoolPrinter(out);
        this.routes = new RoutesPrinter(out, pools);
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
        List<RouteConfig> shared = shared(config);
        out.writeObjectFieldStart("listeners");
        for (ListenerConfig listener : config.listeners().values()) {
            out.writeObjectFieldStart(listener.name());
            text("listen", listener.listen().toString());
            if (listener.pool() != null) text("pool", listener.pool());
            if (!listener.shared()) routes.print(listener.routes());
            out.writeEndObject();
        }
        out.writeEndObject();
        if (!shared.isEmpty()) routes.print(shared);
        out.writeObjectFieldStart("pools");
        for (PoolConfig pool : config.pools().values()) pools.print(pool);
        out.writeEndObject();
        pools.timeouts(config.timeouts(), true);
        pools.limits(config.limits(), true);
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

    /** The routes that stand at the root. */
    private static List<RouteConfig> shared(Config config) {
        return config.listeners().values().stream().filter(ListenerConfig::shared).map(ListenerConfig::routes)
                .findFirst().orElse(List.of());
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
