package lb.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The server behind the proxies: an nginx that answers from memory, on two ports. */
final class Origin {
    /** The last of these receives what was uploaded and kept. */
    static final int PORTS = 3;

    private Origin() {}

    static Started start(Options options, Path folder) throws IOException, InterruptedException {
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.write(files.resolve("1k"), new byte[1 << 10]);
        Files.write(files.resolve("16k"), new byte[16 << 10]);
        Files.write(files.resolve("1m"), new byte[1 << 20]);
        int port = options.port();
        Path config = Files.writeString(folder.resolve("origin.conf"), NginxText.around("origin", 1, """
                sendfile on;
                tcp_nopush on;
                open_file_cache max=16;
                server {
                    listen 127.0.0.1:%d backlog=4096;
                    listen 127.0.0.1:%d backlog=4096;
                    root files;
                    location = / { return 200 "hello"; }
                    # a plain return would answer before the body has arrived
                    location = /upload {
                        client_body_buffer_size 128k;
                        proxy_pass http://127.0.0.1:%d/;
                        proxy_method GET;
                        proxy_pass_request_body off;
                        proxy_set_header Content-Length "";
                    }
                }
                server {
                    listen 127.0.0.1:%d backlog=4096;
                    location / { return 200 "taken"; }
                }
                """.formatted(port, port + 1, port + 2, port + 2)));
        Proxy nginx = new Proxy("origin", port, List.of(Installed.path("nginx"), "-p", folder.toString(), "-c",
                config.toString()));
        return Started.start(nginx, options.loadCores(), folder);
    }
}
