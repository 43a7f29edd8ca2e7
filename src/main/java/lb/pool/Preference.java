package lb.pool;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import lb.config.BackendConfig;
import lb.config.PreferenceConfig;

/**
 * Sorts the backends of a pool into tiers and says how much each gets. Control thread.
 *
 * <p>A priority has room for all requests as long as {@code enoughEligible} of its weight is eligible, and for as many
 * fewer as is less; what it has no room for goes to the next by the same rule. Where all together have no room for
 * everything, each gets in proportion to its room. Backups get all, once nobody else is eligible. With 70 %:
 * <pre>
 * priority 0: 10 of 10, priority 1: 10 of 10 → 100 % and 0 %
 * priority 0:  7 of 10, priority 1: 10 of 10 → 100 % and 0 %
 * priority 0:  5 of 10, priority 1: 10 of 10 →  71 % and 29 %
 * priority 0:  1 of 10, priority 1:  1 of 10 →  50 % and 50 %
 * priority 0:  0 of 10, priority 1:  1 of 10 →   0 % and 100 %
 * </pre>
 * What a priority gets is shared by lb's own zone and the others by the same rule. Each zone is taken to bring as many
 * requests as any other, so a zone has room for all of its own as long as its eligible weight is enough of the average
 * zone's: of 9 backends in 3 zones, lb's own may lose none of 3 with 70 %, and gets 95 % with 2 left and 48 % with 1.
 */
final class Preference {
    private final PreferenceConfig config;
    private final Predicate<Backend> mayServe;
    private final Balancer balancer;
    private final List<Tier> tiers = new ArrayList<>();

    private Preference(PreferenceConfig config, Predicate<Backend> mayServe, Balancer balancer) {
        this.config = config;
        this.mayServe = mayServe;
        this.balancer = balancer;
    }

    /** @param backends of the pool, in the order of the config @param mayServe true for those that may be picked */
    static Tiers over(
            List<Backend> backends, Predicate<Backend> mayServe, PreferenceConfig config, Balancer balancer) {
        return new Preference(config, mayServe, balancer).tiers(backends);
    }

    private Tiers tiers(List<Backend> backends) {
        TreeMap<Integer, List<Backend>> priorities = new TreeMap<>();
        for (Backend backend : backends) {
            priorities.computeIfAbsent(backend.config().priority(), same -> new ArrayList<>()).add(backend);
        }
        List<Backend> backups = priorities.remove(BackendConfig.BACKUP);
        double[] shares = shares(priorities.values().stream().mapToDouble(this::room).toArray());
        double given = 0;
        int next = 0;
        for (List<Backend> priority : priorities.values()) {
            given += shares[next];
            add(priority, shares[next++]);
        }
        if (backups != null) add(backups, given > 0 ? 0 : 1);
        return new Tiers(tiers);
    }

    private double room(List<Backend> priority) {
        return room(weight(serving(priority)), weight(priority));
    }

    /** @param weight of those that may serve @param whole the weight that it would be enough of */
    private double room(double weight, double whole) {
        if (weight == 0) return 0;
        return config.enoughEligible() == 0 ? 1 : Math.min(1, weight / (config.enoughEligible() * whole));
    }

    /** One after the other takes what it has room for; what is left then is for all, in proportion to their room. */
    private static double[] shares(double... rooms) {
        double[] shares = new double[rooms.length];
        double rest = 1;
        for (int i = 0; i < rooms.length; i++) {
            shares[i] = Math.min(rest, rooms[i]);
            rest -= shares[i];
        }
        double given = 1 - rest;
        if (rest > 0 && given > 0) {
            for (int i = 0; i < shares.length; i++) shares[i] /= given;
        }
        return shares;
    }

    private void add(List<Backend> priority, double share) {
        List<Backend> own = new ArrayList<>();
        List<Backend> others = new ArrayList<>();
        Set<String> zones = new HashSet<>();
        for (Backend backend : priority) {
            String zone = backend.config().zone();
            if (backend.weight() > 0) zones.add(zone);
            if (mayServe.test(backend)) (zone != null && zone.equals(config.zone()) ? own : others).add(backend);
        }
        if (config.zone() == null || zones.size() < 2 || !zones.contains(config.zone())) {
            others.addAll(own);
            add(priority, others, null, false, share);
            return;
        }
        double average = weight(priority) / zones.size();
        double[] shares = shares(room(weight(own), average), room(weight(others), average * (zones.size() - 1)));
        add(priority, own, config.zone(), true, share * shares[0]);
        add(priority, others, config.zone(), false, share * shares[1]);
    }

    private void add(List<Backend> priority, List<Backend> serving, String zone, boolean own, double share) {
        if (serving.isEmpty()) return;
        int number = priority.get(0).config().priority();
        tiers.add(Tier.of(new TierShare(number, zone, own, serving.size(), share), serving, balancer));
    }

    private List<Backend> serving(List<Backend> priority) {
        return priority.stream().filter(mayServe).toList();
    }

    private static double weight(List<Backend> backends) {
        double sum = 0;
        for (Backend backend : backends) sum += backend.weight();
        return sum;
    }
}
