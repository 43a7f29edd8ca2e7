package lb.proxy;

import java.util.Objects;
import lb.http.Failure;

/**
 * An answer that a filter or a route gives in place of a backend.
 *
 * @param failure     or null when this is what the operator wants; else it decides status, body and log
 * @param status      200–599
 * @param fields      more lines of the head, each with its CRLF; may be empty
 * @param contentType of the body; null without one
 * @param body        not to be written to; may be empty
 */
public record LocalAnswer(Failure failure, int status, String fields, String contentType, byte[] body) {
    private static final byte[] NOTHING = {};

    public LocalAnswer {
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(body, "body");
    }

    /** A refusal: short text with the cause's name, or problem+json. */
    public static LocalAnswer refusal(Failure failure, String fields) {
        return new LocalAnswer(failure, failure.status(), fields, null, NOTHING);
    }

    public static LocalAnswer of(int status, String fields) {
        return new LocalAnswer(null, status, fields, null, NOTHING);
    }
}
