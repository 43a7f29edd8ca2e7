package lb.config.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The bytes of a config as text: UTF-8 without a byte order mark, at most 16 MiB, and not blank. */
final class SourceText {
    static final int MOST_BYTES = 16 << 20;

    private SourceText() {}

    /** @return null, with the problem noted, when it is not such text */
    static String of(byte[] bytes, Problems problems) {
        if (bytes.length > MOST_BYTES) {
            return refused(problems, Place.START, "the file has " + bytes.length + " bytes; expected at most 16MiB");
        }
        if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
            return refused(problems, Place.START,
                    "the file begins with a byte order mark; save it as UTF-8 without one");
        }
        if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
            return refused(problems, Place.START, "the file is UTF-16; save it as UTF-8");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            String found = String.format("byte 0x%02x is not UTF-8; save the file as UTF-8", bytes[in.position()]);
            return refused(problems, end(text), found);
        }
        if (text.isBlank()) {
            return refused(problems, Place.START,
                    "the file is empty; expected an object with at least \"listen\" and \"backends\"");
        }
        return text;
    }

    private static String refused(Problems problems, Place place, String message) {
        problems.add(place, "", message);
        return null;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) return false;
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xff) != mark[i]) return false;
        }
        return true;
    }

    /** A line ends with CR, LF or both, as it does for the parser. */
    private static Place end(String text) {
        int line = 1;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n' && c != '\r') continue;
            if (c == '\n' || i + 1 == text.length() || text.charAt(i + 1) != '\n') line++;
            begin = i + 1;
        }
        return new Place(line, text.length() - begin + 1);
    }
}
