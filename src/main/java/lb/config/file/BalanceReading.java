package lb.config.file;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lb.config.BalanceConfig;
import lb.config.HashSource;
import lb.config.Quoted;

/** Reads {@code balance}: a balancer's name, or <code>{ "hash": "cookie:session" }</code>. */
final class BalanceReading {
    private static final String HASH_FORM = "{ \"hash\": \"clientIp\" }";

    private final Values values;
    private final Map<String, String> names;

    /** @param balancers the known names */
    BalanceReading(Values values, Set<String> balancers) {
        this.values = values;
        Set<String> plain = new TreeSet<>(balancers);
        plain.remove(BalanceConfig.HASH);
        names = Words.themselves(plain);
    }

    /** @return null after a problem */
    BalanceConfig read(Node node) {
        if (node.is(Node.Kind.OBJECT)) return hash(node);
        if (node.is(Node.Kind.TEXT) && node.text().equals(BalanceConfig.HASH)) {
            return values.wrong(node, "what is hashed, too: " + HASH_FORM);
        }
        String foreign = node.is(Node.Kind.TEXT) ? ForeignWords.balanceHint(node.text()) : "";
        if (!foreign.isEmpty() && !names.containsKey(node.text())) {
            values.problems().add(node, Quoted.of(node.text()) + " does not fit" + foreign);
            return null;
        }
        String name = values.word(node, names, HASH_FORM);
        return name == null ? null : BalanceConfig.of(name);
    }

    private BalanceConfig hash(Node node) {
        String only = node.members().size() == 1 ? node.members().keySet().iterator().next() : "";
        if (names.containsKey(only)) return values.wrong(node, Quoted.of(only) + " without braces");
        Fields fields = new Fields(node, Shape.BALANCE, values);
        String expected = HashSource.EXPECTED;
        if (!fields.has(BalanceConfig.HASH)) {
            values.problems().addMissing(node, BalanceConfig.HASH, "write " + expected);
        }
        HashSource source = fields.parsed(BalanceConfig.HASH, null, expected, HashSource::parse);
        return source == null ? null : BalanceConfig.hash(source);
    }
}
