package lb.route;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import lb.config.IpLiteral;
import lb.config.route.HostPattern;
import lb.http.Head;

/**
 * The entries of an index by their hosts, with all paths in one reading. A request is looked for under its name, under
 * the wildcard of each name above it, and among the entries for all hosts; the first of all these takes it.
 *
 * <pre>
 * Shop.example.com.:8080  →  shop.example.com, *.example.com, *.com
 * </pre>
 *
 * Names are hashed from their end, so that one pass passes all names above. IPv6 addresses are compared as such: only a
 * host in brackets pays for it. Threading: written while the index is built, never afterwards.
 */
final class HostTable {
    /** Behind every entry. */
    static final int NOTHING = Integer.MAX_VALUE;

    /** A name of the config; either may be null. */
    private static final class Name {
        PathTable itself;
        PathTable below;
    }

    private final PathTable allHosts = new PathTable();
    private final OctetTable<Name> names = new OctetTable<>(true);
    private int longest;

    /**
     * @param entry no later one than those that are there
     * @param hosts none for all
     * @param rules none for all paths
     */
    void add(int entry, List<HostPattern> hosts, List<PathRule> rules, Conditions conditions) {
        if (hosts.isEmpty()) add(allHosts, entry, rules, conditions);
        for (HostPattern host : hosts) add(paths(host), entry, rules, conditions);
    }

    /** The first entry that takes the request, or {@link #NOTHING}. @param read the path from {@code start} on */
    int first(Head head, byte[] read, int start, int end) {
        int found = allHosts.first(head, read, start, end, NOTHING);
        if (longest == 0) return found;
        int hostStart = head.hostStart();
        int hostEnd = nameEnd(head);
        boolean bracket = hostStart < hostEnd && head.octet(hostStart) == '[';
        byte[] address = bracket ? address(head.text(hostStart, hostEnd)) : null;
        if (address != null) {
            Name name = names.get(hash(address), head, address, 0, address.length);
            return name == null ? found : name.itself.first(head, read, start, end, found);
        }
        int hash = OctetTable.BEGIN;
        for (int at = hostEnd - 1; at >= hostStart; at--) {
            if (hostEnd - at - 1 > longest) return found;
            byte octet = RequestOctets.lower(head.octet(at));
            if (octet == '.' && at > hostStart) {
                Name above = names.get(hash, head, null, at + 1, hostEnd);
                if (above != null && above.below != null) found = above.below.first(head, read, start, end, found);
            }
            hash = OctetTable.step(hash, octet);
        }
        Name name = names.get(hash, head, null, hostStart, hostEnd);
        return name == null || name.itself == null ? found : name.itself.first(head, read, start, end, found);
    }

    private PathTable paths(HostPattern host) {
        byte[] address = address(host.name());
        byte[] octets = address == null ? host.name().getBytes(StandardCharsets.US_ASCII) : address;
        longest = Math.max(longest, octets.length);
        Name name = names.of(hash(octets), octets, Name::new);
        if (host.wildcard()) return name.below == null ? name.below = new PathTable() : name.below;
        return name.itself == null ? name.itself = new PathTable() : name.itself;
    }

    private static int hash(byte[] name) {
        int hash = OctetTable.BEGIN;
        for (int i = name.length - 1; i >= 0; i--) hash = OctetTable.step(hash, name[i]);
        return hash;
    }

    /** An IPv6 address in its one form, however it is written. @return null for what is none in brackets */
    private static byte[] address(String host) {
        if (!host.startsWith("[") || !host.endsWith("]")) return null;
        InetAddress address = IpLiteral.parse(host.substring(1, host.length() - 1).toLowerCase(Locale.ROOT));
        return address == null ? null : ('[' + address.getHostAddress() + ']').getBytes(StandardCharsets.US_ASCII);
    }

    private static void add(PathTable paths, int entry, List<PathRule> rules, Conditions conditions) {
        if (rules.isEmpty()) paths.add(null, entry, conditions);
        for (PathRule rule : rules) paths.add(rule, entry, conditions);
    }

    /** Where the request's host ends without its port and without the dot of the root. */
    private static int nameEnd(Head head) {
        int start = head.hostStart();
        int end = head.hostEnd();
        int at = end;
        // an IPv6 address ends with its bracket
        while (at > start && head.octet(at - 1) >= '0' && head.octet(at - 1) <= '9') at--;
        if (at > start && head.octet(at - 1) == ':') end = at - 1;
        return end - start > 1 && head.octet(end - 1) == '.' ? end - 1 : end;
    }
}
