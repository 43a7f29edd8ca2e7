package lb.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What must hold for every byte that lb writes, read by the letter of RFC 9112 and by other means than lb's own parser,
 * so that a fault of that parser does not hide here.
 */
final class WireRules {
    private WireRules() {}

    /** @return what is wrong with a message that lb wrote, or null */
    static String broken(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) return "no empty line";
        String head = text.substring(0, end);
        String bare = bareLineEnd(head);
        if (bare != null) return bare;
        String[] lines = head.split("\r\n", -1);
        int lengths = 0;
        int codings = 0;
        for (int i = 1; i < lines.length; i++) {
            String bad = brokenField(lines[i]);
            if (bad != null) return bad;
            String name = lines[i].substring(0, lines[i].indexOf(':')).toLowerCase(Locale.ROOT);
            if (name.equals("content-length")) lengths++;
            if (name.equals("transfer-encoding")) codings++;
            if (List.of("connection", "keep-alive", "te").contains(name)) return "hop-by-hop: " + name;
        }
        if (lengths + codings > 1) return lengths + " lengths and " + codings + " codings";
        return codings == 1 ? brokenChunks(text.substring(end + 4)) : null;
    }

    private static String brokenField(String line) {
        if (line.isEmpty() || line.charAt(0) == ' ' || line.charAt(0) == '\t') return "obs-fold";
        int colon = line.indexOf(':');
        if (colon < 1) return "no name: " + line;
        for (char c : line.substring(0, colon).toCharArray()) {
            if (c <= ' ' || c >= 0x7f || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) return "name: " + line;
        }
        for (char c : line.substring(colon + 1).toCharArray()) {
            if (c < ' ' && c != '\t' || c == 0x7f) return "value: " + line;
        }
        return null;
    }

    private static String bareLineEnd(String head) {
        String without = head.replace("\r\n", "");
        return without.indexOf('\r') >= 0 || without.indexOf('\n') >= 0 ? "bare CR or LF" : null;
    }

    /** Also sees to it that nothing stands behind the last chunk. */
    private static String brokenChunks(String body) {
        int at = 0;
        for (;;) {
            int end = body.indexOf("\r\n", at);
            if (end < 0 || !body.substring(at, end).matches("[0-9a-f]{1,8}")) return "chunk line";
            int size = Integer.parseInt(body.substring(at, end), 16);
            at = end + 2;
            if (size == 0) break;
            if (!body.startsWith("\r\n", at + size)) return "chunk end";
            at += size + 2;
        }
        List<String> trailers = new ArrayList<>(List.of(body.substring(at).split("\r\n", -1)));
        if (trailers.size() < 2 || !trailers.remove(trailers.size() - 1).isEmpty()
                || !trailers.remove(trailers.size() - 1).isEmpty()) {
            return "no empty line behind the last chunk";
        }
        for (String each : trailers) {
            String bad = brokenField(each);
            if (bad != null) return "trailer " + bad;
            if (each.matches("(?i)(content-length|transfer-encoding|host|trailer|te):.*")) return each;
        }
        return null;
    }
}
