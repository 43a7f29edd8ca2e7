package lb.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of IP addresses in CIDR form; a single address is a range of one.
 *
 * @param network the first address, with no bit set beyond the prefix
 * @param prefix  leading bits that count; 0–32 for IPv4, 0–128 for IPv6
 */
public record AddressRange(InetAddress network, int prefix) {

    public AddressRange {
        Bounds.within("prefix", prefix, 0, network.getAddress().length * 8);
        if (!first(network, prefix).equals(network)) {
            throw new IllegalArgumentException(
                    "network: " + network.getHostAddress() + " has bits set beyond a prefix of " + prefix);
        }
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
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) return false;
        int whole = prefix >> 3;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != other[i]) return false;
        }
        int rest = prefix & 7;
        return rest == 0 || ((mine[whole] ^ other[whole]) & (0xff << (8 - rest)) & 0xff) == 0;
    }

    /** CIDR form, also of a single address. */
    @Override public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
