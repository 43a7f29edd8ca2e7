package lb.config.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import lb.config.Quoted;

/**
 * Fills in {@code ${env:NAME}} and {@code ${file:/run/secrets/x}} inside text. {@code $${} stands for a plain
 * {@code ${}. A file's last line break is left out. What was filled in is not looked at again.
 */
final class Lookups {
    private static final int MOST_BYTES = 64 << 10;
    private static final String EXPECTED = "expected ${env:NAME} or ${file:/PATH}, or $${ for a plain ${";

    private final UnaryOperator<String> environment;

    /** @param environment gives a variable's value, or null when it is not set */
    Lookups(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /** @throws IllegalArgumentException with a sentence for the operator */
    String fill(String text) {
        int open = text.indexOf("${");
        if (open < 0) return text;
        StringBuilder filled = new StringBuilder(text.length());
        int done = 0;
        while (open >= 0) {
            if (open > done && text.charAt(open - 1) == '$') {
                filled.append(text, done, open - 1).append("${");
                done = open + 2;
            } else {
                int close = text.indexOf('}', open);
                if (close < 0) throw new IllegalArgumentException(Quoted.of(text) + " has a ${ without }; " + EXPECTED);
                filled.append(text, done, open).append(value(text.substring(open + 2, close)));
                done = close + 1;
            }
            open = text.indexOf("${", done);
        }
        return filled.append(text, done, text.length()).toString();
    }

    /** Text that {@link #fill} turns back into this. */
    static String escape(String text) {
        return text.replace("${", "$${");
    }

    private String value(String name) {
        if (name.startsWith("env:")) {
            String value = environment.apply(name.substring(4));
            if (value == null) throw new IllegalArgumentException("${" + name + "}: the variable is not set");
            return value;
        }
        if (name.startsWith("file:/")) return content(name.substring(5), "${" + name + "}");
        throw new IllegalArgumentException(Quoted.of("${" + name + "}") + " does not fit; " + EXPECTED);
    }

    private static String content(String path, String shown) {
        try {
            Path file = Path.of(path);
            // a pipe or device could hold up the control thread for ever
            if (!Files.isRegularFile(file)) throw new IllegalArgumentException(shown + ": there is no such file");
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MOST_BYTES + 1);
            }
            if (bytes.length > MOST_BYTES) throw new IllegalArgumentException(shown + ": longer than 64KiB");
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.endsWith("\r\n") ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(shown + ": is not UTF-8");
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(shown + ": cannot be read: " + e.getMessage());
        }
    }
}
