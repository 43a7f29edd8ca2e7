package lb.config.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lb.config.Quoted;
import lb.config.RetryConfig;
import lb.config.route.MatchConfig;
import lb.config.route.RouteConfig;
import lb.config.route.RouteRules;
import lb.config.route.RouteTarget;

/** Reads {@code routes}, at the root or in a listener. */
final class RoutesReading {
    private static final String EXAMPLE = "{ \"match\": { \"path\": \"/v1/*\" }, \"pool\": \"api\" }";
    private static final List<String> ONLY_FORWARDED =
            List.of("rewrite", "compress", "mirror", "timeouts", "retry", "limits");

    private final Values values;
    private final MatchReading matches;
    private final TargetReading targets;
    private final RulesReading rules;

    /** @param retry what the root says, which a route's {@code retry} begins with */
    RoutesReading(Values values, PoolNames pools, RetryConfig retry) {
        this.values = values;
        this.matches = new MatchReading(values);
        this.targets = new TargetReading(values, pools);
        this.rules = new RulesReading(values, pools, retry);
    }

    /** What could be read; where anything was refused, of a length that nobody should look at. */
    List<RouteConfig> read(Node node) {
        if (!node.is(Node.Kind.LIST)) {
            values.wrong(node, "a list such as [" + EXAMPLE + "]");
            return List.of();
        }
        List<RouteConfig> routes = new ArrayList<>(node.items().size());
        Map<String, Node> names = new HashMap<>(node.items().size() * 2);
        Unreached unreached = new Unreached(values.problems());
        for (Node item : node.items()) {
            if (!item.is(Node.Kind.OBJECT)) {
                values.wrong(item, "an object such as " + EXAMPLE);
                continue;
            }
            Fields fields = new Fields(item, Shape.ROUTE, values);
            RouteConfig route = route(fields, routes.size() + 1);
            Node first = names.putIfAbsent(route.name(), item);
            if (first != null) refuseSameName(fields, route.name(), first);
            unreached.next(item, route);
            routes.add(route);
        }
        return routes;
    }

    private RouteConfig route(Fields fields, int number) {
        String name = fields.parsed("name", "route-" + number, "text", Named::name);
        MatchConfig match = fields.read("match", MatchConfig.ALL, matches::read);
        RouteTarget target = targets.read(fields);
        RouteRules read = rules.read(fields);
        if (!(target instanceof RouteTarget.Forward)) warnOfIgnoredRules(fields);
        return new RouteConfig(name, match, target, read);
    }

    private void warnOfIgnoredRules(Fields fields) {
        String answer = fields.has("redirect") ? "a redirect" : "an answer of lb's own";
        for (String key : ONLY_FORWARDED) {
            if (fields.has(key)) values.problems().warnAtKey(fields.node(key), "means nothing for " + answer);
        }
        Node headers = fields.node("headers");
        Node request = headers == null ? null : headers.members().get("request");
        if (request != null) values.problems().warnAtKey(request, "means nothing for " + answer);
    }

    private void refuseSameName(Fields fields, String name, Node first) {
        Node place = fields.has("name") ? fields.node("name") : fields.object();
        values.problems().add(place, Quoted.of(name) + " is already the name of " + first.path() + " on line "
                + first.place().line() + "; give one of them another \"name\"");
    }
}
