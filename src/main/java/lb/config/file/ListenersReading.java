package lb.config.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lb.config.Config;
import lb.config.ListenAddress;
import lb.config.ListenerConfig;
import lb.config.route.RouteConfig;

/** Reads {@code listeners}, and the listener that {@code listen} at the root makes. */
final class ListenersReading {
    private static final String EXPECTED = "an object such as { \"http\": 8080 }";
    private static final String ADDRESS = "a port such as 8080, or an address such as \"127.0.0.1:8080\"";

    private final Values values;
    private final RoutesReading reading;
    private final boolean defaultPool;
    private Node rootNode;
    private List<RouteConfig> rootRoutes = List.of();

    /** @param defaultPool true when the file has a pool of that name */
    ListenersReading(Values values, RoutesReading reading, boolean defaultPool) {
        this.values = values;
        this.reading = reading;
        this.defaultPool = defaultPool;
    }

    /** By name; each with the node that makes it, also where its config was refused and is null. */
    Map<String, Named<ListenerConfig>> read(Fields root) {
        Map<String, Named<ListenerConfig>> listeners = new LinkedHashMap<>();
        rootNode = root.node("routes");
        if (rootNode != null) rootRoutes = reading.read(rootNode);
        Node listen = root.node("listen");
        if (listen != null) listeners.put(Config.DEFAULT, new Named<>(listen, shortForm(Config.DEFAULT, listen, "")));
        Node node = root.node("listeners");
        if (listen == null && node == null) {
            values.problems().addMissing(root.object(), "listen", "write where clients connect, such as 8080");
        }
        if (node == null) return listeners;
        if (!node.is(Node.Kind.OBJECT)) {
            values.wrong(node, EXPECTED);
            return listeners;
        }
        for (Node member : Named.members(node, values)) {
            if (member.key().equals(Config.DEFAULT) && listen != null) {
                values.problems().addAtKey(member, "\"listen\" on line " + listen.keyPlace().line()
                        + " makes a listener \"default\" already; rename this one, or take \"listen\" out");
            }
            listeners.putIfAbsent(member.key(), new Named<>(member, listener(member)));
        }
        if (listeners.isEmpty()) {
            values.wrong(node, EXPECTED);
        }
        return listeners;
    }

    private ListenerConfig listener(Node node) {
        if (!node.is(Node.Kind.OBJECT)) return shortForm(node.key(), node, ", or an object");
        Fields fields = new Fields(node, Shape.LISTENER, values);
        if (!fields.has("listen")) values.problems().addMissing(node, "listen", "write " + ADDRESS);
        ListenAddress listen = fields.read("listen", null, written -> address(written, values, ""));
        String pool = fields.parsed("pool", null, "the name of a pool", name -> name);
        Node own = fields.node("routes");
        return own == null ? config(node.key(), listen, rootNode, rootRoutes, pool)
                : config(node.key(), listen, own, reading.read(own), pool);
    }

    private ListenerConfig shortForm(String name, Node node, String others) {
        ListenAddress listen = address(node, values, others);
        return config(name, listen, rootNode, rootRoutes, null);
    }

    /** @param node what was read as {@code routes}, or null @param pool as written, or null */
    private ListenerConfig config(String name, ListenAddress listen, Node node, List<RouteConfig> routes, String pool) {
        if (listen == null) return null;
        boolean shared = node == rootNode;
        boolean routed = node != null && !(node.is(Node.Kind.LIST) && node.items().isEmpty());
        if (pool != null || defaultPool || !routed) {
            return new ListenerConfig(name, listen, routes, shared, pool == null ? Config.DEFAULT : pool);
        }
        return routes.isEmpty() ? null : new ListenerConfig(name, listen, routes, shared, null);
    }

    /** A number or text. @param others what else may stand there, such as {@code , or false}; may be empty */
    static ListenAddress address(Node node, Values values, String others) {
        if (!node.is(Node.Kind.NUMBER)) return values.parsed(node, ADDRESS + others, ListenAddress::parse);
        Integer port = values.whole(node, 0, ListenAddress.MAX_PORT, ", or an address such as \"127.0.0.1:8080\"");
        return port == null ? null : ListenAddress.every(port);
    }
}
