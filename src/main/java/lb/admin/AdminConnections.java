package lb.admin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;

/** The connections of the admin listener; those beyond the limit are closed at once. Admin thread. */
@ChannelHandler.Sharable
final class AdminConnections extends ChannelInitializer<Channel> {
    /** At the same time. */
    static final int LIMIT = 64;
    /** Bytes of a request's body. */
    private static final int BODY_LIMIT = 64 * 1024;

    private final Routes routes;
    private int open;

    AdminConnections(Routes routes) {
        this.routes = routes;
    }

    @Override protected void initChannel(Channel channel) {
        if (open == LIMIT) {
            channel.close();
            return;
        }
        open++;
        channel.closeFuture().addListener(closed -> open--);
        channel.pipeline().addLast(
                new HttpServerCodec(),
                new HttpObjectAggregator(BODY_LIMIT),
                // one request at a time, however many came in one read
                new FlowControlHandler(),
                new AdminConnection(routes));
    }
}
