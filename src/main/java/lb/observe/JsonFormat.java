package lb.observe;

import lb.http.Failure;
import lb.http.FieldName;
import lb.http.Head;
import lb.pool.RetryVerdict;
import lb.proxy.ExchangeRecord;

/**
 * One flat JSON object a line, with the names of the Elastic Common Schema where it has one:
 *
 * <pre>
 * {"@timestamp":"2026-11-22T13:51:05.921Z","client.ip":"127.0.0.1","http.request.method":"GET",
 *  "url.domain":"shop.example.com","url.path":"/x","url.query":"y=1","http.version":"1.1",
 *  "http.request.referrer":null,"user_agent.original":"curl/8.5.0","http.request.body.bytes":0,
 *  "http.response.status_code":503,"http.response.body.bytes":107,"event.duration_ms":0.412,
 *  "lb.listener":"http","lb.route":"shop","lb.pool":"shop","lb.backend":null,"lb.connect_ms":null,
 *  "lb.first_byte_ms":null,"lb.attempts":0,"lb.retried":null,"lb.retry_refused":null,"lb.end":"pool.no_backend",
 *  "lb.queue_ms":0.000,"request.id":"3k2-1"}
 * </pre>
 *
 * {@code lb.end} is {@code ok} or the cause's name; {@code lb.retried} what the last retry followed, and
 * {@code lb.retry_refused} what was in the way of another, both by the names of {@link RetryVerdict}. What a request
 * that could not be read did not say is null. Threading: one event loop.
 */
final class JsonFormat implements RecordFormat {
    private final LineTime time;
    private final ClientFields clientFields;

    JsonFormat(LineTime time, ClientFields clientFields) {
        this.time = time;
        this.clientFields = clientFields;
    }

    @Override public void write(ExchangeRecord exchange, Line line) {
        line.add("{\"@timestamp\":\"");
        time.iso(line);
        line.add("\",\"client.ip\":\"");
        clientFields.client(exchange.clientAddress(), line);
        line.add('"');
        request(exchange.request(), line);
        line.add(",\"http.request.body.bytes\":").add(exchange.requestBytes());
        line.add(",\"http.response.status_code\":").add(exchange.status());
        line.add(",\"http.response.body.bytes\":").add(exchange.responseBytes());
        line.add(",\"event.duration_ms\":").millis(exchange.durationNanos());
        string(",\"lb.listener\":", exchange.listener(), line);
        string(",\"lb.route\":", exchange.route(), line);
        string(",\"lb.pool\":", exchange.pool() == null ? null : exchange.pool().name(), line);
        string(",\"lb.backend\":", exchange.backend() == null ? null : exchange.backend().id(), line);
        millis(",\"lb.connect_ms\":", exchange.connectNanos(), line);
        millis(",\"lb.first_byte_ms\":", exchange.firstByteNanos(), line);
        line.add(",\"lb.attempts\":").add(exchange.attempts());
        verdict(",\"lb.retried\":", exchange.retried(), line);
        verdict(",\"lb.retry_refused\":", exchange.retryRefused(), line);
        Failure failure = exchange.failure();
        line.add(",\"lb.end\":\"").add(failure == null ? "ok" : failure.cause());
        line.add("\",\"lb.queue_ms\":").millis(exchange.queueNanos());
        line.add(",\"request.id\":\"").add(exchange.id()).add("\"}\n");
    }

    private void request(Head request, Line line) {
        if (request == null) {
            line.add(",\"http.request.method\":null,\"url.domain\":null,\"url.path\":null,\"url.query\":null"
                    + ",\"http.version\":null,\"http.request.referrer\":null,\"user_agent.original\":null");
            return;
        }
        line.add(",\"http.request.method\":\"");
        line.escaped(request, 0, request.methodEnd(), ClientFields.METHOD_LIMIT, Escape.JSON).add('"');
        domain(request, line);
        target(request, line);
        line.add(",\"http.version\":\"1.").add(request.minor()).add('"');
        field(",\"http.request.referrer\":", request, FieldName.REFERER, line);
        field(",\"user_agent.original\":", request, FieldName.USER_AGENT, line);
    }

    /** The host without its port. */
    private static void domain(Head request, Line line) {
        line.add(",\"url.domain\":");
        int start = request.hostStart();
        int end = request.hostEnd();
        if (start == end) {
            line.add("null");
            return;
        }
        int port = end;
        while (port > start && request.octet(port - 1) >= '0' && request.octet(port - 1) <= '9') port--;
        if (port > start && request.octet(port - 1) == ':') end = port - 1;
        line.add('"').escaped(request, start, end, ClientFields.FIELD_LIMIT, Escape.JSON).add('"');
    }

    /** An absolute-form target goes without its scheme and authority. */
    private static void target(Head request, Line line) {
        int start = request.absolute() ? request.hostEnd() : request.targetStart();
        int end = request.targetEnd();
        int query = start;
        while (query < end && request.octet(query) != '?') query++;
        line.add(",\"url.path\":\"");
        if (query == start) line.add('/');
        line.escaped(request, start, query, ClientFields.TARGET_LIMIT, Escape.JSON);
        line.add("\",\"url.query\":");
        if (query == end) line.add("null");
        else line.add('"').escaped(request, query + 1, end, ClientFields.TARGET_LIMIT, Escape.JSON).add('"');
    }

    private void field(String key, Head request, FieldName name, Line line) {
        line.add(key);
        if (!request.has(name)) {
            line.add("null");
            return;
        }
        line.add('"');
        clientFields.field(request, name, line, Escape.JSON);
        line.add('"');
    }

    private static void verdict(String key, RetryVerdict verdict, Line line) {
        string(key, verdict == null ? null : verdict.reason(), line);
    }

    private static void string(String key, String value, Line line) {
        line.add(key);
        if (value == null) line.add("null");
        else line.add('"').json(value).add('"');
    }

    private static void millis(String key, long nanos, Line line) {
        line.add(key);
        if (nanos < 0) line.add("null");
        else line.millis(nanos);
    }
}
