package lb.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The proxies with configs that ask the same of each: connections kept to both sides, the client's address added for
 * the origin, bodies streamed, no access log. HAProxy and lb check the health of the origins every 5 s; nginx cannot.
 */
final class Proxies {
    private final Options options;
    private final Path folder;

    Proxies(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /** In the order of the options. */
    List<Proxy> all() throws IOException {
        List<Proxy> all = new ArrayList<>();
        int port = options.port() + Origin.PORTS;
        for (String name : options.proxies()) {
            all.add(switch (name) {
                case "nginx" -> nginx(port++);
                case "haproxy" -> haproxy(port++);
                default -> lb(port++);
            });
        }
        return all;
    }

    private Proxy nginx(int port) throws IOException {
        Path config = Files.writeString(folder.resolve("nginx.conf"), NginxText.around("nginx", options.loops(), """
                upstream origin {
                    server 127.0.0.1:%d;
                    server 127.0.0.1:%d;
                    keepalive 1024;
                    keepalive_requests 1000000000;
                }
                server {
                    listen 127.0.0.1:%d backlog=4096 reuseport;
                    location / {
                        proxy_pass http://origin;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header Host $host;
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        proxy_request_buffering off;
                        proxy_max_temp_file_size 0;
                    }
                }
                """.formatted(options.port(), options.port() + 1, port)));
        return new Proxy("nginx", port, List.of(Installed.path("nginx"), "-p", folder.toString(), "-c",
                config.toString()));
    }

    private Proxy haproxy(int port) throws IOException {
        Path config = Files.writeString(folder.resolve("haproxy.cfg"), """
                global
                    nbthread %d
                    maxconn 5000
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 60s
                    timeout server 60s
                    option forwardfor
                frontend clients
                    bind 127.0.0.1:%d backlog 4096
                    default_backend origin
                backend origin
                    balance roundrobin
                    http-reuse always
                    server one 127.0.0.1:%d check inter 5s
                    server two 127.0.0.1:%d check inter 5s
                """.formatted(options.loops(), port, options.port(), options.port() + 1));
        return new Proxy("haproxy", port, List.of(Installed.path("haproxy"), "-db", "-f", config.toString()));
    }

    private Proxy lb(int port) throws IOException {
        Path config = Files.writeString(folder.resolve("lb.json"), """
                {
                  "listen": "127.0.0.1:%d",
                  "backends": ["http://127.0.0.1:%d", "http://127.0.0.1:%d"],
                  "transport": "%s",
                  "admin": false
                }
                """.formatted(port, options.port(), options.port() + 1, options.transport()));
        List<String> command = new ArrayList<>();
        command.add(options.java());
        command.addAll(options.javaOptions());
        command.add("-Dio.netty.availableProcessors=" + options.loops());
        command.addAll(List.of("-jar", options.jar().toString(), "--config", config.toString()));
        return new Proxy("lb", port, command);
    }
}
