package lb.proxy;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import lb.http.FieldName;
import lb.http.Head;

/**
 * What a backend is told about the client: {@code X-Forwarded-For}, {@code -Proto}, {@code -Host}, and
 * {@code Forwarded} (RFC 7239). What a stranger says about itself is replaced, in every spelling; a
 * trusted proxy's words are kept and added to. Prepared once per client connection.
 *
 * <p>Threading: immutable.
 */
public final class ForwardingFields {
    private static final String HTTPS = "https";
    private static final byte[] FOR = ascii("X-Forwarded-For: ");
    private static final byte[] PROTO = ascii("X-Forwarded-Proto: http\r\n");
    private static final byte[] PROTO_HTTPS = ascii("X-Forwarded-Proto: https\r\n");
    private static final byte[] HOST = ascii("X-Forwarded-Host: ");
    private static final byte[] FORWARDED = ascii("Forwarded: ");
    private static final byte[] REAL_IP = ascii("X-Real-IP: ");
    private static final byte[] COMMA = ascii(", ");
    private static final byte[] HOST_PARAMETER = ascii(";host=\"");
    private static final byte[] QUOTE_END = ascii("\"\r\n");
    private static final byte[] CRLF = ascii("\r\n");
    private static final FieldName[] STRANGERS = {
        FieldName.X_FORWARDED_FOR, FieldName.X_FORWARDED_PROTO, FieldName.X_FORWARDED_HOST, FieldName.X_FORWARDED_PORT,
        FieldName.X_FORWARDED_SERVER, FieldName.X_FORWARDED_SSL, FieldName.X_FORWARDED_SCHEME,
        FieldName.X_FORWARDED_PREFIX, FieldName.X_FORWARDED_REST, FieldName.FORWARDED, FieldName.X_REAL_IP
    };

    private final boolean trusted;
    private final byte[] address;
    /** The lines of a client that nobody vouches for, up to the host. */
    private final byte[] strangerLines;
    private final byte[] element;

    /** @param trusted the client is a proxy whose forwarding fields are believed */
    public ForwardingFields(InetSocketAddress client, boolean trusted) {
        this.trusted = trusted;
        InetAddress ip = client.getAddress();
        address = text(ip);
        String text = new String(address, StandardCharsets.US_ASCII);
        String node = ip instanceof Inet6Address ? "\"[" + text + "]\"" : text;
        element = ascii("for=" + node + ";proto=http");
        strangerLines = ascii("X-Forwarded-For: " + text + "\r\nX-Forwarded-Proto: http\r\nForwarded: for="
                + node + ";proto=http");
    }

    /** The short form of RFC 5952, which is what others write and compare with; without a zone. */
    static byte[] text(InetAddress address) {
        return ascii(NetUtil.toAddressString(address));
    }

    /** True for a proxy whose forwarding fields are believed. */
    boolean trusted() {
        return trusted;
    }

    /**
     * True when a proxy that is trusted says that its client came by https; of several, the first one. What it says in
     * {@code Forwarded} counts only where it sends no field of the other kind: one that does may pass on what a
     * stranger wrote there.
     */
    boolean https(Head request) {
        if (!trusted) return false;
        int line = request.find(FieldName.X_FORWARDED_PROTO, 0);
        if (line >= 0) return listBegins(request, request.valueStart(line), request.valueEnd(line));
        if (request.has(FieldName.X_FORWARDED_FOR) || request.has(FieldName.X_FORWARDED_HOST)) return false;
        line = request.find(FieldName.FORWARDED, 0);
        return line >= 0 && ForwardedProto.is(HTTPS, request, request.valueStart(line), request.valueEnd(line));
    }

    private static boolean listBegins(Head request, int start, int valueEnd) {
        int end = start + HTTPS.length();
        return end <= valueEnd && request.is(start, end, HTTPS, true)
                && (end == valueEnd || request.octet(end) == ',' || request.octet(end) == ' ');
    }

    /** The client's address as text; not to be written to. */
    byte[] address() {
        return address;
    }

    /** Edits a request that goes to a backend. */
    void apply(Head request) {
        if (trusted) applyTrusted(request);
        else applyStranger(request);
    }

    private void applyStranger(Head request) {
        boolean realIp = request.has(FieldName.X_REAL_IP);
        for (FieldName name : STRANGERS) request.removeAll(name);
        request.append(strangerLines);
        endForwarded(request);
        if (realIp) line(request, REAL_IP, address);
        host(request);
    }

    private void applyTrusted(Head request) {
        byte[] proto = request.has(FieldName.X_FORWARDED_PROTO) ? null : https(request) ? PROTO_HTTPS : PROTO;
        merge(request, FieldName.X_FORWARDED_FOR, FOR);
        request.append(address);
        request.append(CRLF);
        merge(request, FieldName.FORWARDED, FORWARDED);
        request.append(element);
        endForwarded(request);
        if (proto != null) request.append(proto);
        if (!request.has(FieldName.X_FORWARDED_HOST)) host(request);
    }

    /** Begins a line with all values that came, so that the list is one line whose last word is ours. */
    private static void merge(Head request, FieldName name, byte[] start) {
        request.append(start);
        for (int line = request.find(name, 0); line >= 0; line = request.find(name, line + 1)) {
            request.remove(line);
            if (request.valueEnd(line) == request.valueStart(line)) continue;
            if (name == FieldName.FORWARDED && !quotesClose(request, line)) continue;
            request.appendOwn(request.valueStart(line), request.valueEnd(line));
            request.append(COMMA);
        }
    }

    /** A trusted proxy may pass on a stranger's words, and an open quote (RFC 9110 §5.6.4) would take in ours. */
    private static boolean quotesClose(Head request, int line) {
        boolean quoted = false;
        for (int i = request.valueStart(line); i < request.valueEnd(line); i++) {
            int octet = request.octet(i);
            if (octet == '"') quoted = !quoted;
            else if (quoted && octet == '\\') i++;
        }
        return !quoted;
    }

    private static void endForwarded(Head request) {
        if (request.hostEnd() == request.hostStart()) {
            request.append(CRLF);
            return;
        }
        request.append(HOST_PARAMETER);
        request.appendOwn(request.hostStart(), request.hostEnd());
        request.append(QUOTE_END);
    }

    private static void host(Head request) {
        if (request.hostEnd() == request.hostStart()) return;
        request.append(HOST);
        request.appendOwn(request.hostStart(), request.hostEnd());
        request.append(CRLF);
    }

    private static void line(Head request, byte[] name, byte[] value) {
        request.append(name);
        request.append(value);
        request.append(CRLF);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
