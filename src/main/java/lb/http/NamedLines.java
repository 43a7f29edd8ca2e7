package lb.http;

/**
 * Lines by a name that an operator wrote, which may be none that lb knows, and may be that of a line that lb itself has
 * appended. Threading: stateless.
 */
public final class NamedLines {
    private NamedLines() {}

    /** Takes every line of that name out, received or appended. @param name in lower case */
    public static void removeAll(Head head, String name) {
        for (int line = 0; line < head.count(); line++) {
            if (head.is(head.nameStart(line), head.nameEnd(line), name, true)) head.remove(line);
        }
        for (int start = head.length; start < head.written;) {
            int end = lineEnd(head, start);
            if (named(head, start, end, name)) cut(head, start, end);
            else start = end;
        }
    }

    private static boolean named(Head head, int start, int end, String name) {
        int colon = start + name.length();
        return colon < end && head.bytes[colon] == ':' && head.is(start, colon, name, true);
    }

    /** Behind the CRLF. */
    private static int lineEnd(Head head, int at) {
        while (at < head.written && head.bytes[at] != Octets.LF) at++;
        return Math.min(at + 1, head.written);
    }

    private static void cut(Head head, int start, int end) {
        System.arraycopy(head.bytes, end, head.bytes, start, head.written - end);
        head.written -= end - start;
    }
}
