package lb.config.file;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lb.config.Config;
import lb.config.PoolConfig;

/** Reads texts as a running lb would, with a fixed environment. */
final class Reading {
    static final Set<String> BALANCERS = Set.of(
            "hash", "leastLatency", "leastRequests", "random", "roundRobin", "weightedRoundRobin");

    private static final Map<String, String> ENVIRONMENT =
            Map.of("LB_PORT", "8081", "LB_HOST", "10.0.0.7", "LB_SECRET", "s3cret", "LB_EMPTY", "");

    private Reading() {}

    static ConfigReader.Checked check(byte[] file) throws ConfigProblems {
        return new ConfigReader(BALANCERS, ENVIRONMENT::get).check(file);
    }

    static ConfigReader.Checked check(String file) throws ConfigProblems {
        return check(file.getBytes(StandardCharsets.UTF_8));
    }

    static Config read(String file) throws ConfigProblems {
        return check(file).config();
    }

    /** One listener, one backend and these members. */
    static Config with(String members) throws ConfigProblems {
        return read("{ \"listen\": 8080, \"backends\": [\"http://127.0.0.1:9001\"], " + members + " }");
    }

    /** The pool of {@link #with}. */
    static PoolConfig poolWith(String members) throws ConfigProblems {
        return with(members).pools().get(Config.DEFAULT);
    }

    static List<String> warnings(String file) throws ConfigProblems {
        return Problem.lines("lb.json", check(file).warnings());
    }
}
