package lb.config.route;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * One entry of {@code routes}: the first whose match fits takes the request.
 *
 * @param name   unique in its list; default {@code route-N}, counted from 1
 * @param match  which requests it takes; default all
 * @param target where they go
 * @param rules  what else happens to them
 */
public record RouteConfig(String name, MatchConfig match, RouteTarget target, RouteRules rules) {
    public RouteConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(rules, "rules");
    }

    /** Every pool that it names, that of its mirror included. */
    public Set<String> pools() {
        Set<String> names = new LinkedHashSet<>();
        if (target instanceof RouteTarget.Forward forward) names.addAll(forward.split().keySet());
        if (rules.mirror() != null) names.add(rules.mirror().pool());
        return names;
    }
}
