package lb.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was measured of each proxy, by its name. */
final class Figures {
    private final Map<String, Map<Workload, List<Load>>> loads = new HashMap<>();
    private final Map<String, Long> idleKib = new HashMap<>();
    private final Map<String, Long> loadedKib = new HashMap<>();

    /** One measurement. @param micros of CPU, of all requests together */
    record Load(long requests, long micros, long errors) {
        double microsEach() {
            return requests == 0 ? Double.NaN : (double) micros / requests;
        }
    }

    void add(String proxy, Workload workload, Load load) {
        loads.computeIfAbsent(proxy, name -> new EnumMap<>(Workload.class))
                .computeIfAbsent(workload, key -> new ArrayList<>()).add(load);
    }

    void idle(String proxy, long kib) {
        idleKib.put(proxy, kib);
    }

    void loaded(String proxy, long kib) {
        loadedKib.put(proxy, kib);
    }

    long idleMib(String proxy) {
        return Math.round(idleKib.get(proxy) / 1024.0);
    }

    long loadedMib(String proxy) {
        return Math.round(loadedKib.get(proxy) / 1024.0);
    }

    /** The median of the rounds, in microseconds of CPU for one request. */
    double median(String proxy, Workload workload) {
        double[] sorted = loads.get(proxy).get(workload).stream().mapToDouble(Load::microsEach).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    long errors() {
        return loads.values().stream().flatMap(each -> each.values().stream()).flatMap(List::stream)
                .mapToLong(Load::errors).sum();
    }
}
