package lb.config.file;

import java.util.LinkedHashMap;
import java.util.Map;
import lb.config.Config;
import lb.config.ListenAddress;
import lb.config.ListenerConfig;

/** Reads {@code listeners}, and the listener that {@code listen} at the root makes. */
final class ListenersReading {
    private static final String EXPECTED = "an object such as { \"http\": 8080 }";
    private static final String ADDRESS = "a port such as 8080, or an address such as \"127.0.0.1:8080\"";

    private final Values values;

    ListenersReading(Values values) {
        this.values = values;
    }

    /** By name; each with the node that makes it, also where its config was refused and is null. */
    Map<String, Named<ListenerConfig>> read(Fields root) {
        Map<String, Named<ListenerConfig>> listeners = new LinkedHashMap<>();
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
        String pool = fields.parsed("pool", Config.DEFAULT, "the name of a pool", name -> name);
        return listen == null ? null : new ListenerConfig(node.key(), listen, pool);
    }

    private ListenerConfig shortForm(String name, Node node, String others) {
        ListenAddress listen = address(node, values, others);
        return listen == null ? null : new ListenerConfig(name, listen, Config.DEFAULT);
    }

    /** A number or text. @param others what else may stand there, such as {@code , or false}; may be empty */
    static ListenAddress address(Node node, Values values, String others) {
        if (!node.is(Node.Kind.NUMBER)) return values.parsed(node, ADDRESS + others, ListenAddress::parse);
        Integer port = values.whole(node, 0, ListenAddress.MAX_PORT, ", or an address such as \"127.0.0.1:8080\"");
        return port == null ? null : ListenAddress.every(port);
    }
}
