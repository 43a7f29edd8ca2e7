package lb.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The config file that a demo runs with: what an operator could have written. Any thread. */
public final class DemoConfig {
    /** One exchange in fifty, so about one line a second; failed ones always. */
    private static final String ACCESS_LOG = "{ \"format\": \"combined\", \"sample\": \"2%\" }";

    private DemoConfig() {}

    /**
     * @param backends  their ports by name
     * @param accessLog false where nothing should stand between the operator and the report
     */
    public static String json(int proxyPort, int adminPort, Map<String, Integer> backends, boolean accessLog) {
        List<String> lines = new ArrayList<>();
        backends.forEach((name, port) ->
                lines.add("    { \"id\": \"" + name + "\", \"url\": \"http://127.0.0.1:" + port + "\" }"));
        return """
                {
                  "listen": "127.0.0.1:%d",
                  "backends": [
                %s
                  ],
                  "health": { "path": "%s", "interval": "1s", "fall": 2 },
                  "accessLog": %s,
                  "admin": "127.0.0.1:%d"
                }
                """.formatted(proxyPort, String.join(",\n", lines), DemoAnswers.HEALTH_PATH,
                accessLog ? ACCESS_LOG : "false", adminPort);
    }
}
