package lb.observe;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Locale;

/**
 * Text of records, made harmless: nothing in it ends a line, hides or reorders what is read, or talks to a terminal.
 * Threading: stateless.
 */
final class EventText {
    private static final int CAUSES = 5;
    private static final int FRAMES = 30;

    private EventText() {}

    /** {@code \xHH} for control characters; for other characters that are not to be seen, their UTF-16 numbers. */
    static void plain(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!hidden(text, i)) out.append(c);
            else out.append(String.format(Locale.ROOT, c < 0x100 ? "\\x%02X" : "\\u%04X", (int) c));
        }
    }

    /** The inside of a JSON string. */
    static void json(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c == '\n') out.append("\\n");
            else if (c == '\t') out.append("\\t");
            else if (hidden(text, i)) out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            else out.append(c);
        }
    }

    /** Throwable and causes, a line each and a line per frame; at most 5 causes of 30 frames. */
    static String stack(IThrowableProxy thrown) {
        StringBuilder out = new StringBuilder(1024);
        IThrowableProxy each = thrown;
        for (int i = 0; each != null && i < CAUSES; i++, each = each.getCause()) {
            if (i > 0) out.append("\ncaused by: ");
            out.append(each.getClassName());
            if (each.getMessage() != null) out.append(": ").append(each.getMessage());
            StackTraceElementProxy[] frames = each.getStackTraceElementProxyArray();
            int shown = Math.min(FRAMES, frames.length - each.getCommonFrames());
            for (int f = 0; f < shown; f++) out.append("\nat ").append(frames[f].getStackTraceElement());
        }
        return out.toString();
    }

    private static boolean hidden(String text, int at) {
        char c = text.charAt(at);
        if (c < 0x7f) return c < 0x20;
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SURROGATE -> !paired(text, at);
            default -> false;
        };
    }

    private static boolean paired(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
