package lb.compare;

/** What every nginx config here has. */
final class NginxText {
    private NginxText() {}

    /**
     * @param name    of its files, relative to the folder that nginx is started with
     * @param servers what stands inside {@code http}
     */
    static String around(String name, int workers, String servers) {
        return """
                daemon off;
                worker_processes %2$d;
                worker_rlimit_nofile 20000;
                pid %1$s.pid;
                error_log %1$s.log warn;
                events { worker_connections 10000; }
                http {
                access_log off;
                keepalive_requests 1000000000;
                client_max_body_size 0;
                client_body_temp_path %1$s-body;
                proxy_temp_path %1$s-proxy;
                fastcgi_temp_path %1$s-fastcgi;
                uwsgi_temp_path %1$s-uwsgi;
                scgi_temp_path %1$s-scgi;
                %3$s
                }
                """.formatted(name, workers, servers);
    }
}
