package lb.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * A range of IP addresses in CIDR form; a single address is a range of one. Immutable; compares by value.
 */
public final class AddressRange {
    private final InetAddress network;
    /** Of the network: an InetAddress gives out a copy each time. */
    private final byte[] octets;
    private final int prefix;

    /**
     * @param network the first address, with no bit set beyond the prefix
     * @param prefix  leading bits that count; 0–32 for IPv4, 0–128 for IPv6
     */
    public AddressRange(InetAddress network, int prefix) {
        Bounds.within("prefix", prefix, 0, network.getAddress().length * 8);
        if (!first(network, prefix).equals(network)) {
            throw new IllegalArgumentException(
                    "network: " + network.getHostAddress() + " has bits set beyond a prefix of " + prefix);
        }
        this.network = network;
        this.octets = network.getAddress();
        this.prefix = prefix;
    }

    /**
     * {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address such as {@code 127.0.0.1}.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        InetAddress network = IpLiteral.parse(host);
        if (network == null) {
            throw new IllegalArgumentException(Quoted.of(text)
                    + " does not fit; expected an address range such as \"10.0.0.0/8\", or one IP address");
        }
        int bits = network.getAddress().length * 8;
        if (bits == 32 && host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(Quoted.of(text) + " is an IPv4 address written as IPv6; write "
                    + Quoted.of(network.getHostAddress()) + ", with a prefix of up to 32");
        }
        if (slash < 0) return new AddressRange(network, bits);
        int prefix = ListenAddress.port(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected a prefix of /0 to /" + bits);
        }
        InetAddress first = first(network, prefix);
        if (!first.equals(network)) {
            throw new IllegalArgumentException(Quoted.of(text) + " has bits set beyond its prefix; write "
                    + Quoted.of(first.getHostAddress() + "/" + prefix));
        }
        return new AddressRange(network, prefix);
    }

    private static InetAddress first(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        for (int bit = prefix; bit < bytes.length * 8; bit++) bytes[bit >> 3] &= (byte) ~(0x80 >> (bit & 7));
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address keeps its length", e);
        }
    }

    public boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    /** For who asks many ranges; makes no objects. @param address its 4 or 16 octets */
    public boolean contains(byte[] address) {
        if (octets.length != address.length) return false;
        int whole = prefix >> 3;
        for (int i = 0; i < whole; i++) {
            if (octets[i] != address[i]) return false;
        }
        int rest = prefix & 7;
        return rest == 0 || ((octets[whole] ^ address[whole]) & (0xff << (8 - rest)) & 0xff) == 0;
    }

    @Override public boolean equals(Object other) {
        return other instanceof AddressRange range && prefix == range.prefix && network.equals(range.network);
    }

    @Override public int hashCode() {
        return Objects.hash(network, prefix);
    }

    /** CIDR form, also of a single address. */
    @Override public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
