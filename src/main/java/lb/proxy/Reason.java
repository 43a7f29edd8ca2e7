package lb.proxy;

import io.netty.handler.codec.http.HttpResponseStatus;

/** The reason phrase that stands behind a status (RFC 9110 §15). Threading: stateless. */
final class Reason {
    private Reason() {}

    static String of(int status) {
        return switch (status) {
            // RFC 9110 gave these two new names
            case 413 -> "Content Too Large";
            case 422 -> "Unprocessable Content";
            default -> HttpResponseStatus.valueOf(status).reasonPhrase();
        };
    }
}
