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
     * @param request or null when it could not be read
     * @return the body, or null when none is sent (HEAD)
     */
    static ByteBuf fill(Head answer, Failure failure, Head request, String requestId, DateLine date) {
        boolean json = request != null && acceptsJson(request);
        String reason = reason(failure.status());
        byte[] body = ascii(json ? json(failure, reason, requestId) : text(failure, reason, requestId));
        answer.answer(failure.status(), reason);
        answer.append(date.now());
        answer.append(ascii("Content-Type: " + (json ? "application/problem+json" : "text/plain; charset=us-ascii")
                + "\r\nCache-Control: no-store\r\n"));
        if (failure.status() == 503) answer.append(ascii("Retry-After: 1\r\n"));
        if (failure.status() == 405) {
            answer.append(ascii("Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n"));
        }
        boolean sent = request == null || !request.methodIs("HEAD");
        answer.answerBody(body.length, sent);
        return sent ? Unpooled.wrappedBuffer(body) : null;
    }

    /** The answer to an OPTIONS that may go no further: its last recipient is us (RFC 9110 §7.6.2). */
    static void fillOptions(Head answer, DateLine date) {
        answer.answer(200, "OK");
        answer.append(date.now());
        answer.answerBody(0, true);
    }

    private static String text(Failure failure, String reason, String id) {
        return failure.status() + " " + reason + ": " + failure.sentence() + "\ncause: " + failure.cause()
                + "\nrequest: " + id + "\n";
    }

    private static String json(Failure failure, String reason, String id) {
        return "{\"type\":\"urn:lb:problem:" + failure.cause() + "\",\"title\":\"" + reason + "\",\"status\":"
                + failure.status() + ",\"detail\":\"" + failure.sentence() + "\",\"request.id\":\"" + id + "\"}\n";
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

    private static String reason(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 417 -> "Expectation Failed";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            default -> "Internal Server Error";
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
