package lb;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The commands that ask a running lb through its admin listener. */
final class AdminClient {
    private static final String DEFAULT_ADDRESS = "127.0.0.1:9901";
    private static final int TIMEOUT_MILLIS = 2_000;

    private AdminClient() {}

    /** @return 0 when lb answered as hoped, 1 when it is not ready or does not answer */
    static int run(Arguments arguments) {
        String address = address(arguments.admin());
        String path = arguments.command().equals("healthcheck") ? "/readyz" : "/status.txt";
        try {
            URI uri = URI.create("http://" + address + path);
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            int status = connection.getResponseCode();
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                if (in != null) System.out.print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
            System.out.flush();
            return status == 200 ? ExitCode.OK : ExitCode.NOT_AS_HOPED;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("lb: no answer from the admin listener at " + address + ": " + e.getMessage());
            return ExitCode.NOT_AS_HOPED;
        }
    }

    /** A port alone is loopback's: as part of a URL it would be read as a host, a number of four octets. */
    static String address(String given) {
        if (given == null) return DEFAULT_ADDRESS;
        String port = given.startsWith(":") ? given.substring(1) : given;
        return port.matches("\\d{1,5}") ? "127.0.0.1:" + port : given;
    }
}
