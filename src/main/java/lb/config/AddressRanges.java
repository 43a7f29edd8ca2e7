package lb.config;

import java.net.InetAddress;
import java.util.List;

/** Several ranges of IP addresses, asked as one for each client. Threading: immutable. */
public final class AddressRanges {
    private final AddressRange[] ranges;

    public AddressRanges(List<AddressRange> ranges) {
        this.ranges = ranges.toArray(AddressRange[]::new);
    }

    /** True when no address is in it. */
    public boolean none() {
        return ranges.length == 0;
    }

    public boolean contains(InetAddress address) {
        if (none()) return false;
        byte[] octets = address.getAddress();
        for (AddressRange range : ranges) {
            if (range.contains(octets)) return true;
        }
        return false;
    }
}
