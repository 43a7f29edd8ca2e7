package lb.config.file;

import java.util.ArrayList;
import java.util.List;
import lb.config.Quoted;
import lb.config.route.RouteConfig;

/** Warns of routes that get no request, since an earlier one takes each of them. For one list, top to bottom. */
final class Unreached {
    /** Each route is compared with those before it: beyond that many, a file would hold up the control thread. */
    private static final int MOST = 1000;

    private record Earlier(Node node, RouteConfig route) {}

    private final Problems problems;
    private final List<Earlier> earlier = new ArrayList<>();

    Unreached(Problems problems) {
        this.problems = problems;
    }

    void next(Node node, RouteConfig route) {
        if (earlier.size() == MOST) return;
        for (Earlier each : earlier) {
            if (!Coverage.covers(each.route().match(), route.match())) continue;
            problems.warn(node, "is never reached: " + Quoted.of(each.route().name()) + " on line "
                    + each.node().place().line() + " takes whatever this one could; put this one before it");
            break;
        }
        earlier.add(new Earlier(node, route));
    }
}
