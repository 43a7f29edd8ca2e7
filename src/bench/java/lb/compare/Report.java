package lb.compare;

import java.util.List;
import java.util.Locale;

/** The table in Markdown, with what it was measured on. */
final class Report {
    private final Options options;
    private final Figures figures;

    Report(Options options, Figures figures) {
        this.options = options;
        this.figures = figures;
    }

    String markdown() {
        StringBuilder out = new StringBuilder();
        conditions(out);
        List<String> proxies = options.proxies();
        String first = proxies.get(0);
        out.append("\n| one request | ").append(first);
        for (String other : others()) out.append(" | ").append(other).append(" | against ").append(other);
        out.append(" |\n| --- | ---").append(" | --- | ---".repeat(others().size())).append(" |\n");
        for (Workload workload : options.workloads()) {
            double own = figures.median(first, workload);
            out.append("| ").append(workload.title()).append(" | ").append(micros(own));
            for (String other : others()) {
                double theirs = figures.median(other, workload);
                out.append(" | ").append(micros(theirs)).append(" | ")
                        .append(String.format(Locale.ROOT, "%.2f", own / theirs));
            }
            out.append(" |\n");
        }
        out.append("\nMemory before the first request and after all: ");
        for (int i = 0; i < proxies.size(); i++) {
            out.append(i == 0 ? "" : ", ").append(proxies.get(i)).append(' ').append(figures.idleMib(proxies.get(i)))
                    .append(" and ").append(figures.loadedMib(proxies.get(i))).append(" MiB");
        }
        out.append(".\n");
        if (figures.errors() > 0) out.append("\n").append(figures.errors()).append(" requests FAILED.\n");
        return out.toString();
    }

    private void conditions(StringBuilder out) {
        out.append("Machine: ").append(Machine.describe()).append(".\n");
        out.append("Versions: ");
        for (int i = 0; i < options.proxies().size(); i++) {
            out.append(i == 0 ? "" : "; ").append(version(options.proxies().get(i)));
        }
        out.append(".\nMedians of ").append(options.rounds()).append(" times ").append(options.seconds())
                .append(" s; each proxy with ").append(options.loops())
                .append(options.loops() == 1 ? " loop" : " loops").append(" on core ").append(options.proxyCores())
                .append(", load and origin on core ").append(options.loadCores()).append(".\n");
    }

    private List<String> others() {
        return options.proxies().subList(1, options.proxies().size());
    }

    private String version(String proxy) {
        return switch (proxy) {
            case "nginx" -> Installed.firstLine(Installed.path("nginx"), "-v").replace("nginx version: ", "");
            case "haproxy" -> Installed.firstLine(Installed.path("haproxy"), "-v").replaceAll(" - .*", "");
            default -> Installed.firstLine(options.java(), "-jar", options.jar().toString(), "--version") + " on "
                    + Installed.firstLine(options.java(), "-version") + " with "
                    + String.join(" ", options.javaOptions()) + ", transport " + options.transport();
        };
    }

    /** Three digits are more than two runs agree on. */
    private static String micros(double micros) {
        return String.format(Locale.ROOT, micros < 100 ? "%.1f µs" : "%.0f µs", micros);
    }
}
