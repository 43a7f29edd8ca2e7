package lb.config;

/**
 * Which backends of a pool get requests before others that could serve them, too.
 *
 * @param zone           where lb itself stands: backends of this zone are preferred; or null for no preference
 * @param enoughEligible the share of a priority's weight, or of an average zone's, that must be eligible for it to take
 *                       all requests; with less it takes as many fewer. 0.01–1, default 0.7; 0: any that is eligible
 */
public record PreferenceConfig(String zone, double enoughEligible) {
    public static final PreferenceConfig DEFAULT = new PreferenceConfig(null, 0.7);
    public static final double LEAST_ENOUGH = 0.01;
    private static final int LONGEST_ZONE = 63;

    public PreferenceConfig {
        if (zone != null) requireZone(zone);
        boolean share = enoughEligible >= LEAST_ENOUGH && enoughEligible <= 1;
        if (!share && enoughEligible != 0) {
            throw new IllegalArgumentException("enoughEligible: " + enoughEligible + " (expected: 0.01–1, or 0)");
        }
    }

    /** As long as a label of Kubernetes may be, and safe in a path, a label and a log line. */
    public static boolean isZone(String text) {
        return text.length() <= LONGEST_ZONE && BackendConfig.isId(text);
    }

    static void requireZone(String zone) {
        if (!isZone(zone)) {
            throw new IllegalArgumentException(
                    "zone: " + Quoted.of(zone) + " (expected: up to 63 letters, digits and ._:[]-)");
        }
    }
}
