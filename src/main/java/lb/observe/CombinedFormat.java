package lb.observe;

import lb.http.FieldName;
import lb.http.Head;
import lb.proxy.ExchangeRecord;

/**
 * The combined format of Apache and nginx, for the tools that read it:
 *
 * <pre>
 * 127.0.0.1 - - [22/Nov/2026:13:51:05 +0000] "GET /x?y=1 HTTP/1.1" 200 1043 "https://a.example/" "curl/8.5.0"
 * </pre>
 *
 * The user is never shown. A request that could not be read is {@code "-"}. Threading: one event loop.
 */
final class CombinedFormat implements RecordFormat {
    private final LineTime time;
    private final ClientFields clientFields;

    CombinedFormat(LineTime time, ClientFields clientFields) {
        this.time = time;
        this.clientFields = clientFields;
    }

    @Override public void write(ExchangeRecord exchange, Line line) {
        Head request = exchange.request();
        clientFields.client(exchange.clientAddress(), line);
        line.add(" - - [");
        time.common(line);
        line.add("] \"");
        requestLine(request, line);
        line.add("\" ").add(exchange.status()).add(' ').add(exchange.responseBytes()).add(" \"");
        field(request, FieldName.REFERER, line);
        line.add("\" \"");
        field(request, FieldName.USER_AGENT, line);
        line.add("\"\n");
    }

    private static void requestLine(Head request, Line line) {
        if (request == null) {
            line.add('-');
            return;
        }
        line.escaped(request, 0, request.methodEnd(), ClientFields.METHOD_LIMIT, Escape.TEXT).add(' ');
        line.escaped(request, request.targetStart(), request.targetEnd(), ClientFields.TARGET_LIMIT, Escape.TEXT);
        line.add(" HTTP/1.").add(request.minor());
    }

    private void field(Head request, FieldName name, Line line) {
        if (!clientFields.field(request, name, line, Escape.TEXT)) line.add('-');
    }
}
