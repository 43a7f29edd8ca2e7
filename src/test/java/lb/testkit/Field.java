package lb.testkit;

/**
 * One field line as it stood on the wire.
 *
 * @param name  in the case it was written
 * @param value without the white space around it
 */
public record Field(String name, String value) {
    static Field parse(String line) {
        int colon = line.indexOf(':');
        if (colon < 1) throw new MalformedMessage("a field line without a name: " + line);
        for (int i = 0; i < colon; i++) {
            if (line.charAt(i) <= ' ' || line.charAt(i) > '~') throw new MalformedMessage("a bad field name: " + line);
        }
        return new Field(line.substring(0, colon), line.substring(colon + 1).strip());
    }

    @Override public String toString() {
        return name + ": " + value;
    }
}
