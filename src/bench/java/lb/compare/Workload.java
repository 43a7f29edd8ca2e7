package lb.compare;

import java.util.List;
import java.util.stream.Stream;

/** What wrk asks for, and how. */
enum Workload {
    SMALL("small", "small GET", "/", 64, "", false),
    BODY1K("body1k", "1 KiB response", "/1k", 64, "", false),
    HEADERS("headers", "headers of a browser, 1 KiB response", "/1k", 64, """
            wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
            wrk.headers["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
            wrk.headers["Accept-Language"] = "en-GB,en;q=0.7,de;q=0.3"
            wrk.headers["Accept-Encoding"] = "gzip, deflate, br, zstd"
            wrk.headers["Referer"] = "https://shop.example.com/list?category=chairs&page=2"
            wrk.headers["Cookie"] = "session=3e6cf4a2c1d84b5f9a7e0d1c2b3a4958; theme=dark; seen=1f9c,20ab,77de"
            wrk.headers["Upgrade-Insecure-Requests"] = "1"
            wrk.headers["Sec-Fetch-Dest"] = "document"
            wrk.headers["Sec-Fetch-Mode"] = "navigate"
            wrk.headers["Sec-Fetch-Site"] = "same-origin"
            wrk.headers["Sec-Fetch-User"] = "?1"
            wrk.headers["Priority"] = "u=0, i"
            """, false),
    BODY16K("body16k", "16 KiB response", "/16k", 64, "", false),
    BODY1M("body1m", "1 MiB response", "/1m", 16, "", false),
    POST64K("post64k", "64 KiB upload", "/upload", 32, """
            wrk.method = "POST"
            wrk.body = string.rep("x", 65536)
            """, false),
    CONNS1K("conns1k", "small GET, 1,000 clients", "/", 1000, "", false),
    NEWCONN("newconn", "a connection for each request", "/", 32, """
            wrk.headers["Connection"] = "close"
            """, true);

    private final String key;
    private final String title;
    private final String path;
    private final int connections;
    private final String script;
    private final boolean closes;

    /**
     * @param path   at the origin
     * @param script for wrk, in Lua
     * @param closes true when each response ends its connection
     */
    Workload(String key, String title, String path, int connections, String script, boolean closes) {
        this.key = key;
        this.title = title;
        this.path = path;
        this.connections = connections;
        this.script = script;
        this.closes = closes;
    }

    static Workload of(String key) {
        return Stream.of(values()).filter(each -> each.key.equals(key)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("--workloads " + key + ": not of " + List.of(values())));
    }

    String key() {
        return key;
    }

    String title() {
        return title;
    }

    String path() {
        return path;
    }

    int connections() {
        return connections;
    }

    String script() {
        return script;
    }

    boolean closes() {
        return closes;
    }

    @Override public String toString() {
        return key;
    }
}
