package lb.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import lb.proxy.Exchanges;

/** The clients of one listener on one lane. Event loop only. */
final class Accepted extends ChannelInitializer<Channel> {
    private final Listener listener;
    private final Exchanges exchanges;
    private final Set<Http1ClientConnection> clients = Collections.newSetFromMap(new IdentityHashMap<>());

    Accepted(Listener listener, Exchanges exchanges) {
        this.listener = listener;
        this.exchanges = exchanges;
    }

    @Override protected void initChannel(Channel channel) {
        ClientLimit.Entry entry = listener.clientCame(((SocketChannel) channel).remoteAddress());
        if (entry == null) {
            channel.close();
            return;
        }
        Http1ClientConnection client = new Http1ClientConnection(listener, exchanges, BodyRate.WINDOW);
        clients.add(client);
        channel.closeFuture().addListener(closed -> {
            clients.remove(client);
            listener.clientLeft(entry);
        });
        channel.pipeline().addLast(client);
    }

    /** Idle clients are let go, busy ones after their response. */
    void drain() {
        for (Http1ClientConnection client : clients.toArray(Http1ClientConnection[]::new)) client.drain();
    }
}
