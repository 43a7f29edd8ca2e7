package lb.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import lb.http.Failure;
import lb.http.FieldName;
import lb.http.Head;

/**
 * The answers that come from lb itself: short, with the cause's name and the request's id, without a version or an
 * address. Plain text, or problem+json (RFC 9457) for clients that accept JSON. Threading: stateless.
 */
final class OwnAnswer {
    private static final Pattern NO_QUALITY = Pattern.compile("\\s*q=0(\\.0*)?\\s*");

    private OwnAnswer() {}

    /**
     * Fills an empty head and makes the body.
     *
     * @param request   or null when it could not be read
     * @param requestId the one of the log
     * @return the body, or null when none is sent
     */
    static ByteBuf fill(Head head, LocalAnswer answer, Head request, String requestId, DateLine date) {
        Failure failure = answer.failure();
        byte[] body = answer.body();
        String type = answer.contentType();
        if (failure != null) {
            boolean json = request != null && acceptsJson(request);
            type = json ? "application/problem+json" : "text/plain; charset=us-ascii";
            body = ascii(json ? json(failure, requestId) : text(failure, requestId));
        }
        head.answer(answer.status(), Reason.of(answer.status()));
        head.append(date.now());
        if (body.length > 0 && type != null) head.append(ascii("Content-Type: " + type + "\r\n"));
        if (failure != null) head.append(fields(failure));
        head.append(ascii(answer.fields()));
        boolean bodiless = answer.status() == 204 || answer.status() == 304;
        boolean sent = !bodiless && (request == null || !request.methodIs("HEAD"));
        if (!bodiless) head.answerBody(body.length, sent);
        return sent && body.length > 0 ? Unpooled.wrappedBuffer(body) : null;
    }

    private static byte[] fields(Failure failure) {
        return switch (failure.status()) {
            case 503 -> ascii("Cache-Control: no-store\r\nRetry-After: 1\r\n");
            case 405 -> ascii("Cache-Control: no-store\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n");
            default -> ascii("Cache-Control: no-store\r\n");
        };
    }

    private static String text(Failure failure, String id) {
        return failure.status() + " " + Reason.of(failure.status()) + ": " + failure.sentence()
                + "\ncause: " + failure.cause() + "\nrequest: " + id + "\n";
    }

    private static String json(Failure failure, String id) {
        return "{\"type\":\"urn:lb:problem:" + failure.cause() + "\",\"title\":\"" + Reason.of(failure.status())
                + "\",\"status\":" + failure.status() + ",\"detail\":\"" + failure.sentence()
                + "\",\"request.id\":\"" + id + "\"}\n";
    }

    /** True where one of our JSON types is named with a quality above 0 (RFC 9110 §12.5.1); a wildcard is no wish. */
    private static boolean acceptsJson(Head request) {
        String accept = request.value(FieldName.ACCEPT);
        if (accept == null) return false;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = range.split(";");
            String type = parts[0].strip();
            if (!type.equals("application/json") && !type.equals("application/problem+json")) continue;
            if (Arrays.stream(parts).skip(1).noneMatch(each -> NO_QUALITY.matcher(each).matches())) return true;
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
