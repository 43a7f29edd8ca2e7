package lb.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a page says. Immutable, but for the bytes, which belong to whoever sends them.
 *
 * @param allow the methods of the path, of a 405; else null
 */
record Answer(int status, String contentType, byte[] body, String allow) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Writes one JSON value. */
    interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    static Answer text(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), null);
    }

    static Answer json(Writer writer) {
        return new Answer(200, "application/json", bytes(writer), null);
    }

    /** RFC 9457. @param path that was asked for */
    static Answer problem(int status, String title, String detail, String path) {
        return new Answer(status, "application/problem+json", bytes(json -> {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            json.writeStringField("instance", path);
            json.writeEndObject();
        }), null);
    }

    static Answer notFound(String detail, String path) {
        return problem(404, "Not Found", detail, path);
    }

    /** @param allow as the Allow field lists them */
    static Answer notAllowed(String allow, String path) {
        Answer problem = problem(405, "Method Not Allowed", "this path takes " + allow, path);
        return new Answer(405, problem.contentType, problem.body, allow);
    }

    private static byte[] bytes(Writer writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            writer.write(json);
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("an array does not fail", e);
        }
        return out.toByteArray();
    }
}
