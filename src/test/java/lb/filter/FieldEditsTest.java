package lb.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lb.config.route.FieldEdits;
import lb.config.route.Template;
import lb.http.Head;
import lb.http.Received;
import lb.proxy.Exchange;
import lb.proxy.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldEditsTest {
    @Test void removesThenSetsThenAdds() {
        Filter filter = new RequestFields(new FieldEdits(templates("X-B", "set", "X-A", "again"), templates("X-A",
                "added"), List.of("x-a", "X-C")));
        assertThat(Asked.forwarded(filter, Asked.by("GET / HTTP/1.1", "Host: a", "X-A: 1", "x-b: 2", "X-b: 3",
                "X-C: 4", "X-D: 5"))).isEqualTo(
                "GET / HTTP/1.1\r\nHost: a\r\nX-D: 5\r\nX-B: set\r\nX-A: again\r\nX-A: added\r\n\r\n");
    }

    /** An attempt that failed is followed by another with the head edited anew. */
    @Test void doesTheSameForEachAttempt() {
        Filter filter = new RequestFields(new FieldEdits(templates("X-A", "{path}"), Map.of(), List.of()));
        Exchange exchange = Asked.by("GET /p HTTP/1.1", "Host: a", "X-A: 1");
        String first = Asked.forwarded(filter, exchange);
        assertThat(first).contains("X-A: /p\r\n").doesNotContain("X-A: 1");
        assertThat(Asked.forwarded(filter, exchange)).isEqualTo(first);
    }

    @Test void hasTheLastWordOnLinesThatLbAppended() {
        Filter filter = new ResponseFields(new FieldEdits(templates("Date", "never"), Map.of(), List.of("Server")));
        Head response = Received.responseHead("HTTP/1.1 200 OK", "Server: x", "X-A: {scheme}");
        response.append("Date: now\r\nX-B: 1\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(Asked.answered(filter, Asked.by("GET / HTTP/1.1", "Host: a"), response))
                .isEqualTo("HTTP/1.1 200 OK\r\nX-A: {scheme}\r\nX-B: 1\r\nDate: never\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'{scheme}',                GET,     /,                 a,                 http",
        "'{host}',                  GET,     /,                 Shop.Example:8080, shop.example",
        "'{host}',                  GET,     /,                 '[2001:DB8::1]:8', '[2001:db8::1]'",
        "'{host}',                  GET,     http://Other:1/x,  a,                 other",
        "'<{host}>',                GET,     /,                 'a;b',             <>",
        "'<{host}>',                GET,     /,                 'a''b:80',         <>",
        "'<{host}>',                GET,     /,                 '%0d%0a',          <>",
        "'{path}',                  GET,     /p/%41?q=1,        a,                 /p/%41",
        "'{path}',                  GET,     http://h/p?q,      a,                 /p",
        "'{path}',                  GET,     http://h?q,        a,                 /",
        "'{path}',                  OPTIONS, *,                 a,                 /",
        "'{query}',                 GET,     /p?q=1,            a,                 ?q=1",
        "'<{query}>',               GET,     /p,                a,                 <>",
        "'{uri}',                   GET,     /p?q=1,            a,                 /p?q=1",
        "'{uri}',                   GET,     http://h?q,        a,                 /?q",
        "'{method} {clientIp}',     PUT,     /,                 a,                 PUT 203.0.113.9",
        "'a{method}b{method}c',     GET,     /,                 a,                 aGETbGETc"})
    void fillsInWhatTheRequestSays(String template, String method, String target, String host, String expected) {
        Filter filter = new RequestFields(new FieldEdits(templates("X-T", template), Map.of(), List.of()));
        assertThat(Asked.forwarded(filter, Asked.by(method + " " + target + " HTTP/1.1", "Host: " + host)))
                .endsWith("\r\nX-T: " + expected + "\r\n\r\n");
    }

    @Test void fillsAResponseFromItsRequest() {
        Filter filter = new ResponseFields(new FieldEdits(Map.of(), templates("X-T", "{uri} {requestId}"), List.of()));
        Exchange exchange = Asked.from("10.0.0.1", "GET /p?q HTTP/1.1", "Host: a", "X-Forwarded-For: 2001:db8::1");
        assertThat(Asked.answered(filter, exchange, Received.responseHead("HTTP/1.1 204 No Content")))
                .isEqualTo("HTTP/1.1 204 No Content\r\nX-T: /p?q " + exchange.record().id() + "\r\n\r\n");
    }

    @Test void writesTheClientsAddressInItsShortForm() {
        Filter filter = new RequestFields(new FieldEdits(templates("X-T", "{clientIp}"), Map.of(), List.of()));
        assertThat(Asked.forwarded(filter, Asked.from("10.0.0.1", "GET / HTTP/1.1", "Host: a",
                "X-Forwarded-For: 2001:DB8:0:0::1"))).endsWith("\r\nX-T: 2001:db8::1\r\n\r\n");
    }

    /** @param pairs name, template */
    private static Map<String, Template> templates(String... pairs) {
        Map<String, Template> templates = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) templates.put(pairs[i], Template.parse(pairs[i + 1]));
        return templates;
    }
}
