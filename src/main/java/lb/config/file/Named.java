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
            if (!NAME.matcher(member.key()).matches()) {
                values.problems().addAtKey(member, Quoted.of(member.key()) + " is no name; expected up to 63 letters, "
                        + "digits and any of . _ -, the first a letter or digit");
            }
            members.add(member);
        }
        return members;
    }
}
