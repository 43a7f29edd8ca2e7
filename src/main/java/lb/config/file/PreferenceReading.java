package lb.config.file;

import lb.config.PreferenceConfig;
import lb.config.Quoted;

/** Reads what puts some backends before others: zones, and how many must be eligible. Threading: one thread. */
final class PreferenceReading {
    private static final String ZONE = "a zone such as \"eu-1a\", or false";

    private final Values values;

    PreferenceReading(Values values) {
        this.values = values;
    }

    PreferenceConfig read(Fields fields, PreferenceConfig base) {
        return new PreferenceConfig(
                zone(fields, base.zone()),
                fields.read("enoughEligible", base.enoughEligible(), node -> node.isFalse() ? Double.valueOf(0)
                        : values.share(node, PreferenceConfig.LEAST_ENOUGH)));
    }

    /** @return null for none @param otherwise where it is not in the file; or null */
    String zone(Fields fields, String otherwise) {
        Node node = fields.node("zone");
        if (node == null) return otherwise;
        return node.isFalse() ? null : values.parsed(node, ZONE, PreferenceReading::zone);
    }

    private static String zone(String text) {
        if (PreferenceConfig.isZone(text)) return text;
        throw new IllegalArgumentException(Quoted.of(text)
                + " does not fit; expected up to 63 letters, digits and any of . _ : [ ] -");
    }
}
