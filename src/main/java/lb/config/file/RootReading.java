package lb.config.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lb.config.AccessLogConfig;
import lb.config.AddressRange;
import lb.config.AdminConfig;
import lb.config.Config;
import lb.config.ListenerConfig;
import lb.config.LogConfig;
import lb.config.PoolConfig;
import lb.config.TransportChoice;

/** Reads the whole file's object. */
final class RootReading {
    private final Values values;
    private final Set<String> balancers;

    /** @param balancers the known names */
    RootReading(Values values, Set<String> balancers) {
        this.values = values;
        this.balancers = balancers;
    }

    /** @return null when there is any problem */
    Config read(Node root) {
        if (!root.is(Node.Kind.OBJECT)) {
            return values.wrong(root, "an object with at least \"listen\" and \"backends\"");
        }
        Fields fields = new Fields(root, Shape.ROOT, values);
        PoolsReading reading = new PoolsReading(values, balancers);
        PoolLevel level = reading.level(fields);
        PoolNames poolNames = PoolNames.of(fields, values);
        RoutesReading routes = new RoutesReading(values, poolNames, level.retry());
        Map<String, Named<ListenerConfig>> listeners =
                new ListenersReading(values, routes, poolNames.hasDefault()).read(fields);
        Map<String, Named<PoolConfig>> pools = reading.read(fields, level);
        List<AddressRange> trustedProxies =
                fields.read("trustedProxies", List.of(), new RangesReading(values)::read);
        Node adminNode = fields.node("admin");
        AdminConfig admin = new AdminReading(values).read(adminNode);
        LogReading logs = new LogReading(values);
        AccessLogConfig accessLog = logs.accessLog(fields.node("accessLog"));
        LogConfig log = logs.log(fields.node("log"));
        TransportChoice transport = fields.word("transport", TransportChoice.AUTO, Words.TRANSPORTS);

        CrossChecks checks = new CrossChecks(listeners, pools, values.problems());
        checks.poolsExist();
        checks.routesTakeEffect(fields.node("routes"));
        checks.claimsAreBelieved(fields.node("routes"), !trustedProxies.isEmpty());
        checks.cookiesDiffer();
        checks.settingsTakeEffect();
        new PreferenceChecks(pools.values(), values.problems()).preferencesTakeEffect();
        new AddressChecks(listeners.values(), values.problems()).addressesDiffer(admin, adminNode);
        if (!values.problems().none()) return null;
        return new Config(read(listeners), read(pools), level.timeouts(), level.limits(), trustedProxies, admin,
                accessLog, log, transport);
    }

    private static <T> Map<String, T> read(Map<String, Named<T>> named) {
        Map<String, T> values = new LinkedHashMap<>(named.size() * 2);
        named.forEach((name, each) -> values.put(name, each.value()));
        return values;
    }
}
