package lb.config.file;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import lb.config.Quoted;

/**
 * What stands under a name of the operator's choice: a listener or a pool.
 *
 * @param node  what makes it
 * @param value or null when it was refused
 */
record Named<T>(Node node, T value) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** The members of {@code listeners} or {@code pools}, without notes; a bad name is noted and the member kept. */
    static List<Node> members(Node object, Values values) {
        List<Node> members = new ArrayList<>(object.members().size());
        for (Node member : object.members().values()) {
            if (Shape.isNote(member.key())) continue;
            if (!NAME.matcher(member.key()).matches()) values.problems().addAtKey(member, refusal(member.key()));
            members.add(member);
        }
        return members;
    }

    /** The members whose names are the peers', such as headers: here {@code x-…} is no note, only {@code //…} is. */
    static List<Node> free(Node object) {
        List<Node> members = new ArrayList<>(object.members().size());
        for (Node member : object.members().values()) {
            if (!member.key().startsWith("//")) members.add(member);
        }
        return members;
    }

    /** @throws IllegalArgumentException with a sentence for the operator, unless this may be a name */
    static String name(String text) {
        if (NAME.matcher(text).matches()) return text;
        throw new IllegalArgumentException(refusal(text));
    }

    private static String refusal(String text) {
        return Quoted.of(text) + " is not a name; expected up to 63 letters, "
                + "digits and any of . _ -, the first a letter or digit";
    }
}
