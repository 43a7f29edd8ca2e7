package lb.admin;

import java.util.ArrayList;
import java.util.List;

/** Rows with their columns in line. Threading: one thread. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final int[] widths;

    TextTable(String... heads) {
        widths = new int[heads.length];
        add(heads);
    }

    /** @param cells as many as there are columns */
    void row(Object... cells) {
        String[] row = new String[widths.length];
        for (int i = 0; i < row.length; i++) row[i] = StatusText.shown(String.valueOf(cells[i]));
        add(row);
    }

    void write(StringBuilder out) {
        for (String[] row : rows) {
            int last = row.length - 1;
            for (int i = 0; i < last; i++) {
                out.append(row[i]).append(" ".repeat(widths[i] - row[i].length())).append(GAP);
            }
            out.append(row[last]).append('\n');
        }
    }

    private void add(String[] row) {
        for (int i = 0; i < row.length; i++) widths[i] = Math.max(widths[i], row[i].length());
        rows.add(row);
    }
}
