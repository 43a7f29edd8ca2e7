package lb.config.file;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lb.config.Config;
import lb.config.Quoted;
import lb.config.Units;
import lb.config.route.RouteTarget;
import lb.config.route.RouteTarget.Forward;
import lb.config.route.RouteTarget.Redirect;
import lb.config.route.RouteTarget.Respond;
import lb.config.route.Template;

/** Reads where a route leads: one of {@code pool}, {@code split}, {@code redirect} and {@code respond}. */
final class TargetReading {
    private static final List<String> KEYS = List.of("pool", "split", "redirect", "respond");
    private static final String ONE_OF = "\"pool\", \"split\", \"redirect\" or \"respond\"";
    private static final String TO = "a location such as \"https://{host}{uri}\"";
    // RFC 9110 §4.2.1: without a host it is no location, and browsers take what follows for one
    private static final Pattern NO_HOST =
            Pattern.compile("(\\{scheme}|https?)://([/?#:\\\\].*|(?i:\\{(path|query|uri)}).*)?");
    private static final String STATUSES = "301, 302, 303, 307 or 308";
    private static final Pattern MEDIA_TYPE = Pattern.compile("[!-~]+/[!-~]([ -~]*[!-~])?");
    /** Where anything was refused no config comes out, so nobody sees it. */
    private static final RouteTarget STAND_IN = new Respond(404, "", Respond.TEXT);

    private final Values values;
    private final PoolNames pools;

    TargetReading(Values values, PoolNames pools) {
        this.values = values;
        this.pools = pools;
    }

    RouteTarget read(Fields route) {
        Node first = null;
        for (String key : KEYS) {
            Node node = route.node(key);
            if (node != null && first != null) {
                values.problems().addAtKey(node, "beside " + Quoted.of(first.key()) + " on line "
                        + first.keyPlace().line() + "; expected one of " + ONE_OF);
            } else if (node != null) {
                first = node;
            }
        }
        if (first == null && pools.hasDefault()) return Forward.to(Config.DEFAULT);
        if (first == null) values.problems().addMissing(route.object(), "pool", "write one of " + ONE_OF);
        RouteTarget target = null;
        // each that is there is read, for the sake of its problems
        if (route.has("respond")) target = respond(route.node("respond"));
        if (route.has("redirect")) target = redirect(route.node("redirect"));
        if (route.has("split")) target = split(route.node("split"));
        if (route.has("pool")) target = pool(route.node("pool"));
        return target == null ? STAND_IN : target;
    }

    private RouteTarget pool(Node node) {
        String name = pools.read(node, "");
        return name == null ? null : Forward.to(name);
    }

    private RouteTarget split(Node node) {
        List<Node> members = node.is(Node.Kind.OBJECT) ? Named.members(node, values) : List.of();
        if (members.isEmpty()) return values.wrong(node, "an object such as { \"stable\": 95, \"canary\": 5 }");
        Map<String, Integer> split = new LinkedHashMap<>();
        boolean allRead = true;
        for (Node member : members) {
            String name = pools.readKey(member);
            Integer weight = values.whole(member, 0, Forward.MAX_WEIGHT, "");
            allRead &= name != null && weight != null;
            if (allRead) split.put(name, weight);
        }
        if (!allRead) return null;
        if (split.values().stream().anyMatch(weight -> weight > 0)) return new Forward(split);
        values.problems().add(node, "leads nowhere; expected at least one weight above 0");
        return null;
    }

    private RouteTarget redirect(Node node) {
        if (!node.is(Node.Kind.OBJECT)) {
            Template to = values.parsed(node, TO + ", or an object", TargetReading::location);
            if (to == null) return null;
            ForeignWords.warnOfVariables(node, values.problems());
            return new Redirect(to, Redirect.DEFAULT_STATUS);
        }
        Fields fields = new Fields(node, Shape.REDIRECT, values);
        if (!fields.has("to")) values.problems().addMissing(node, "to", "write " + TO);
        Template to = fields.parsed("to", null, TO, TargetReading::location);
        if (to != null) ForeignWords.warnOfVariables(fields.node("to"), values.problems());
        int status = fields.read("status", Redirect.DEFAULT_STATUS, this::redirectStatus);
        return to == null ? null : new Redirect(to, status);
    }

    private Integer redirectStatus(Node node) {
        if (!node.is(Node.Kind.NUMBER)) return values.wrong(node, STATUSES);
        boolean allowed = node.text().length() == 3 && node.text().startsWith("30")
                && Redirect.allows(Integer.parseInt(node.text()));
        return allowed ? Integer.valueOf(node.text()) : values.wrong(node, STATUSES);
    }

    private static Template location(String text) {
        boolean begins = text.startsWith("/") || text.startsWith("http://") || text.startsWith("https://")
                || text.startsWith("{scheme}://");
        // RFC 9110 §10.2.2: a URI reference, so no blank
        if (!begins || text.indexOf(' ') >= 0 || text.indexOf('\t') >= 0) {
            throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected " + TO);
        }
        if (NO_HOST.matcher(text).matches()) {
            throw new IllegalArgumentException(Quoted.of(text) + " leads to no host; expected " + TO);
        }
        return Template.parse(text);
    }

    private RouteTarget respond(Node node) {
        if (!node.is(Node.Kind.OBJECT)) {
            Integer status = values.whole(node, Respond.MIN_STATUS, Respond.MAX_STATUS, ", or an object");
            return status == null ? null : new Respond(status, "", Respond.TEXT);
        }
        Fields fields = new Fields(node, Shape.RESPOND, values);
        int status = fields.whole("status", Respond.DEFAULT_STATUS, Respond.MIN_STATUS, Respond.MAX_STATUS);
        String body = fields.parsed("body", "", "text", TargetReading::body);
        if (!body.isEmpty() && (status == 204 || status == 205 || status == 304)) {
            values.problems().addAtKey(fields.node("body"), "an answer with " + status + " has no body");
        }
        String type = fields.parsed("contentType", Respond.TEXT, "a media type such as \"text/html\"",
                TargetReading::mediaType);
        return new Respond(status, body, type);
    }

    private static String body(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes <= Respond.MAX_BODY) return text;
        throw new IllegalArgumentException(bytes + " bytes do not fit; expected at most "
                + Units.write(Respond.MAX_BODY));
    }

    private static String mediaType(String text) {
        if (MEDIA_TYPE.matcher(text).matches()) return text;
        throw new IllegalArgumentException(Quoted.of(text) + " is not a media type; expected such as \"text/html\"");
    }
}
