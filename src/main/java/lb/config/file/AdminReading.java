package lb.config.file;

import lb.config.AdminConfig;
import lb.config.ListenAddress;

/** Reads {@code admin}: {@code false}, an address, or an object with one. */
final class AdminReading {
    private final Values values;

    AdminReading(Values values) {
        this.values = values;
    }

    /** @param node null when it is not in the file @return null when turned off */
    AdminConfig read(Node node) {
        if (node == null) return AdminConfig.DEFAULT;
        if (node.isFalse()) return null;
        if (!node.is(Node.Kind.OBJECT)) return loopback(node, ", or false");
        Fields fields = new Fields(node, Shape.ADMIN, values);
        return fields.read("listen", AdminConfig.DEFAULT, listen -> loopback(listen, ""));
    }

    private AdminConfig loopback(Node node, String others) {
        ListenAddress listen = ListenersReading.address(node, values, others);
        if (listen == null) return null;
        if (listen.address().isLoopbackAddress()) return new AdminConfig(listen);
        values.problems().add(node, listen + " can be reached from elsewhere, which needs a \"token\", and lb does not "
                + "have that yet; write \"127.0.0.1:" + listen.port() + "\"");
        return null;
    }
}
