package lb.config.file;

import java.util.LinkedHashSet;
import java.util.Set;
import lb.config.Config;
import lb.config.Quoted;

/** The pools that the file has, by name, for whatever leads to one. */
final class PoolNames {
    private final Set<String> names;
    private final Values values;

    private PoolNames(Set<String> names, Values values) {
        this.names = names;
        this.values = values;
    }

    /** Before the pools are read, and also of those that will be refused. */
    static PoolNames of(Fields root, Values values) {
        Set<String> names = new LinkedHashSet<>();
        if (root.has("backends")) names.add(Config.DEFAULT);
        if (root.has("pools")) {
            root.node("pools").members().keySet().stream().filter(name -> !Shape.isNote(name)).forEach(names::add);
        }
        return new PoolNames(names, values);
    }

    boolean hasDefault() {
        return names.contains(Config.DEFAULT);
    }

    /** A name as a value. @param others what else may stand there, such as {@code , or an object}; may be empty */
    String read(Node node, String others) {
        return values.parsed(node, "the name of a pool" + others, name -> {
            if (exists(name)) return name;
            throw new IllegalArgumentException(noSuch(name));
        });
    }

    /** A name as the key of a member. */
    String readKey(Node member) {
        if (exists(member.key())) return member.key();
        values.problems().addAtKey(member, noSuch(member.key()));
        return null;
    }

    /** Without any pool, the missing backends are the problem. */
    private boolean exists(String name) {
        return names.isEmpty() || names.contains(name);
    }

    private String noSuch(String name) {
        return "no pool is called " + Quoted.of(name) + (name.contains("://")
                ? "; write \"pools\": { \"api\": { \"backends\": [" + Quoted.of(name) + "] } }, and \"api\" here"
                : Nearest.hint(name, names));
    }
}
