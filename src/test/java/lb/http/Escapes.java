package lb.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes as text and back, for vectors and for what tests print: {@code \r \n \t \\ \x00–\xff} and
 * <code>{3*ab}</code>.
 */
final class Escapes {
    /** Longer bodies are shown by their length. */
    private static final int SHOWN = 64;
    private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)\\*([^}]+)}");

    private Escapes() {}

    static byte[] bytes(String text) {
        String flat = repeated(text);
        ByteArrayOutputStream out = new ByteArrayOutputStream(flat.length());
        for (int i = 0; i < flat.length(); i++) {
            char c = flat.charAt(i);
            if (c != '\\') {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.ISO_8859_1));
                continue;
            }
            c = flat.charAt(++i);
            switch (c) {
                case 'r' -> out.write('\r');
                case 'n' -> out.write('\n');
                case 't' -> out.write('\t');
                case '\\' -> out.write('\\');
                case 'x' -> {
                    out.write(Integer.parseInt(flat.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> throw new IllegalArgumentException("\\" + c + " in " + text);
            }
        }
        return out.toByteArray();
    }

    /** <code>{3*ab}</code> written out. */
    static String repeated(String text) {
        return REPEATED.matcher(text).replaceAll(
                hit -> Matcher.quoteReplacement(hit.group(2).repeat(Integer.parseInt(hit.group(1)))));
    }

    static String shown(byte[] bytes) {
        return bytes.length > SHOWN ? "<" + bytes.length + " bytes>" : whole(bytes);
    }

    static String shown(String latin1) {
        return shown(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String whole(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (byte octet : bytes) {
            int c = octet & 0xff;
            switch (c) {
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> out.append(c < 0x20 || c > 0x7e ? String.format("\\x%02x", c) : String.valueOf((char) c));
            }
        }
        return out.toString();
    }
}
