package lb.config.file;

import java.util.ArrayList;
import java.util.List;
import lb.config.AddressRange;

/** Reads lists of address ranges: {@code trustedProxies}, {@code allow} and {@code deny}. */
final class RangesReading {
    private static final String EACH = "an address range such as \"10.0.0.0/8\"";

    private final Values values;

    RangesReading(Values values) {
        this.values = values;
    }

    /** @return null after a problem with the list itself */
    List<AddressRange> read(Node node) {
        if (!node.is(Node.Kind.LIST)) return values.wrong(node, "a list such as [\"10.0.0.0/8\"]");
        List<AddressRange> ranges = new ArrayList<>(node.items().size());
        for (Node item : node.items()) {
            AddressRange range = values.parsed(item, EACH, AddressRange::parse);
            if (range != null) ranges.add(range);
        }
        return ranges;
    }

    /** Where an empty list could be taken for nobody as well as for everybody. @return null after a problem */
    List<AddressRange> readSome(Node node) {
        if (!node.is(Node.Kind.LIST) || !node.items().isEmpty()) return read(node);
        return values.wrong(node, "at least one range; leave \"allow\" out for everybody");
    }
}
