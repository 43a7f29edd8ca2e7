package lb.health;

import java.util.ArrayList;
import java.util.List;
import lb.config.SuccessRateConfig;

/**
 * Finds the backend whose success rate lies furthest below the mean of the others, if that is far enough.
 *
 * <pre>
 * below 20 points     a 99 %   b 100 %   c 40 %             c: 59.5 points below the mean of a and b
 *                     a 55 %   b 60 %    c 50 %             nobody: they suffer alike
 *                     a 20 %   b 0 of 3 attempts            nobody: b was asked too little to compare with
 * </pre>
 *
 * Each is measured against the mean of the others and not in standard deviations of all, as is usual elsewhere: among
 * three, nobody can be more than √2 deviations away from the mean, however bad. Threading: stateless.
 */
final class RateOutlier {
    private RateOutlier() {}

    /** @param mean of the others, 0–1 */
    record Found(Ejectable backend, double mean) {}

    /** @return null when nobody is far enough below */
    static Found worst(List<Ejectable> backends, SuccessRateConfig config) {
        List<Ejectable> judged = new ArrayList<>();
        double sum = 0;
        for (Ejectable each : backends) {
            if (each.window().attempts() < config.minRequests()) continue;
            judged.add(each);
            sum += each.window().rate();
        }
        if (judged.size() < 2) return null;
        Ejectable worst = null;
        for (Ejectable each : judged) {
            if (worst == null || each.window().rate() < worst.window().rate()) worst = each;
        }
        double mean = (sum - worst.window().rate()) / (judged.size() - 1);
        return mean - worst.window().rate() >= config.below() - 1e-9 ? new Found(worst, mean) : null;
    }
}
