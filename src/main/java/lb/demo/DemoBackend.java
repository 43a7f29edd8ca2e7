package lb.demo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A backend inside the process, on a port of loopback. While it is down its port is closed and its connections are cut,
 * as if its process had died.
 *
 * <p>Threading: the demo's event loop; {@link #name} and {@link #port} may be read by anyone.
 */
final class DemoBackend {
    private static final int BACKLOG = 128;
    private static final long RETRY_MILLIS = 100;

    private final Manner manner;
    private final EventLoop loop;
    private final int port;
    private final ChannelGroup connections;
    private Channel listening;
    private boolean wanted;
    private long requests;

    /**
     * How a backend behaves.
     *
     * @param millis     between a request and its answer
     * @param closeEvery it closes the connection in place of every so-manieth answer; 0 for never
     * @param outages    it is down from time to time
     */
    record Manner(String name, int millis, int closeEvery, boolean outages) {}

    /** @param port 1–65535, free */
    DemoBackend(Manner manner, EventLoop loop, int port) {
        this.manner = manner;
        this.loop = loop;
        this.port = port;
        connections = new DefaultChannelGroup(loop);
    }

    String name() {
        return manner.name;
    }

    int port() {
        return port;
    }

    Manner manner() {
        return manner;
    }

    /** Opens the port. @return done when it is open */
    ChannelFuture open() {
        wanted = true;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override protected void initChannel(SocketChannel channel) {
                        connections.add(channel);
                        channel.pipeline().addLast(new HttpServerCodec(), new HttpServerKeepAliveHandler(),
                                new DemoAnswers(DemoBackend.this));
                    }
                });
        ChannelFuture bound = bootstrap.bind(new InetSocketAddress("127.0.0.1", port));
        listening = bound.channel();
        return bound;
    }

    /** As {@link #open}; when somebody else took the port meanwhile, again and again. */
    void comeBack() {
        open().addListener(bound -> {
            if (!bound.isSuccess()) loop.schedule(this::comeBackIfWanted, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    private void comeBackIfWanted() {
        if (wanted) comeBack();
    }

    /** Closes the port and cuts what is connected. */
    void die() {
        wanted = false;
        listening.close();
        connections.close();
    }

    /** True for the requests that get the end of their connection in place of an answer. */
    boolean leavesUnanswered() {
        requests++;
        return manner.closeEvery > 0 && requests % manner.closeEvery == 0;
    }
}
