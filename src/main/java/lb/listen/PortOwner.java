package lb.listen;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import lb.config.ListenAddress;

/**
 * Who has a port already. Sharing a port among the lanes of one process must not let a second process share it too, so
 * the port is tried alone first. Control thread only.
 */
final class PortOwner {
    private static final int LISTENING = 0x0A;

    private PortOwner() {}

    /** Tries the address without sharing and without listening, so that no client notices. */
    static void refuseIfTaken(ListenAddress address) throws CannotListen {
        if (address.port() == 0) return;
        try (SocketChannel alone = SocketChannel.open()) {
            alone.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            alone.bind(new InetSocketAddress(address.host(), address.port()));
        } catch (IOException e) {
            throw new CannotListen("cannot listen on " + address + ": " + reason(address, e), e);
        }
    }

    /** The reason in plain words; where the port is taken, by whom if the system tells. */
    static String reason(ListenAddress address, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("in use")) {
            String owner = owner(address.port());
            return owner == null ? "already in use" : "already in use by " + owner;
        }
        if (message.contains("ermission denied")) {
            return "permission denied; ports below 1024 need CAP_NET_BIND_SERVICE";
        }
        if (message.contains("assign requested address")) return "this machine has no such address";
        return cause instanceof BindException || cause instanceof IOException ? message : cause.toString();
    }

    private static String owner(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try {
                for (String line : Files.readAllLines(Path.of(table))) collect(line, port, sockets);
            } catch (IOException e) {
                // no such table here: the message goes without the owner
            }
        }
        return sockets.isEmpty() ? null : holder(sockets);
    }

    /** Columns of /proc/net/tcp: slot, local address:port, remote, state, …, the tenth is the socket's inode. */
    private static void collect(String line, int port, Set<String> sockets) {
        String[] columns = line.trim().split("\\s+");
        if (columns.length < 10 || !columns[1].endsWith(String.format(Locale.ROOT, ":%04X", port))) return;
        if (Integer.parseInt(columns[3], 16) == LISTENING) sockets.add("socket:[" + columns[9] + "]");
    }

    private static String holder(Set<String> sockets) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, sockets)) {
                    String name = Files.readString(process.resolve("comm")).trim();
                    return "process " + process.getFileName() + " (" + name + ")";
                }
            }
        } catch (IOException e) {
            // processes of others are not ours to look into
        }
        return null;
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (!Files.isSymbolicLink(descriptor)) continue;
                if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) return true;
            }
        } catch (IOException e) {
            // gone meanwhile, or not ours to look into
        }
        return false;
    }
}
