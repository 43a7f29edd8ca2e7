package lb.config.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lb.config.BackendAddress;
import lb.config.BackendConfig;
import lb.config.Quoted;

/** Reads a pool's {@code backends}: urls, or objects with one. */
final class BackendsReading {
    private static final String EXPECTED = "a list such as [\"http://10.0.0.7:8080\"]";
    private static final String URL = "a url such as \"http://10.0.0.7:8080\"";

    private final Values values;

    BackendsReading(Values values) {
        this.values = values;
    }

    /** @return what could be read; empty after a problem at the latest */
    List<BackendConfig> read(Node node) {
        if (!node.is(Node.Kind.LIST) || node.items().isEmpty()) {
            values.wrong(node, EXPECTED);
            return List.of();
        }
        List<BackendConfig> backends = new ArrayList<>(node.items().size());
        Map<String, Node> ids = new HashMap<>(node.items().size() * 2);
        for (Node item : node.items()) {
            BackendConfig backend = backend(item);
            if (backend == null) continue;
            Node first = ids.putIfAbsent(backend.id(), item);
            if (first == null) {
                backends.add(backend);
            } else {
                values.problems().add(item, Quoted.of(backend.id()) + " is already the id of " + first.path()
                        + " on line " + first.place().line() + "; give one of them another \"id\"");
            }
        }
        return backends;
    }

    private BackendConfig backend(Node node) {
        if (!node.is(Node.Kind.OBJECT)) {
            BackendAddress address = values.parsed(node, URL + ", or an object", BackendAddress::parse);
            return address == null ? null : BackendConfig.at(address);
        }
        Fields fields = new Fields(node, Shape.BACKEND, values);
        if (!fields.has("url")) values.problems().addMissing(node, "url", "write " + URL);
        BackendAddress address = fields.parsed("url", null, URL, BackendAddress::parse);
        String id = fields.parsed("id", address == null ? null : address.toString(), "text", BackendsReading::id);
        int weight = fields.whole("weight", BackendConfig.DEFAULT_WEIGHT, 0, BackendConfig.MAX_WEIGHT);
        BackendConfig.State state = fields.word("state", BackendConfig.State.READY, Words.STATES);
        boolean backup = fields.truth("backup", false);
        int priority = fields.whole("priority", 0, 0, BackendConfig.LAST_PRIORITY);
        if (backup && fields.has("priority")) {
            values.problems().addAtKey(fields.node("priority"),
                    "a backup comes after every priority; leave out \"priority\" or \"backup\"");
        }
        String zone = new PreferenceReading(values).zone(fields, null);
        return address == null ? null : new BackendConfig(id, address.host(), address.port(), weight, state,
                backup ? BackendConfig.BACKUP : priority, zone);
    }

    private static String id(String text) {
        if (BackendConfig.isId(text)) return text;
        throw new IllegalArgumentException(Quoted.of(text)
                + " does not fit; expected up to 262 letters, digits and any of . _ : [ ] -");
    }
}
