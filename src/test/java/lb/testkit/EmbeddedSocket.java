package lb.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DefaultSocketChannelConfig;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;

/**
 * A connected socket without a network, set up as lb sets its sockets up. Its peer is the test: it sends, reads,
 * takes nothing for a while, resets, closes one half or both.
 */
public final class EmbeddedSocket extends EmbeddedChannel implements SocketChannel {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);

    private SocketChannelConfig settings;   // made when first asked for, which is while the super class is made
    private boolean inputShutdown;
    private boolean outputShutdown;
    private boolean full;
    private boolean broken;

    /** @param writeBuffer bytes that may wait before it is not writable; small, so that a test gets there */
    public EmbeddedSocket(ByteBufAllocator allocator, int writeBuffer, ChannelHandler handler) {
        super(false, false);
        config().setAllocator(allocator);
        settings.setAutoClose(false);
        settings.setAllowHalfClosure(true);
        settings.setWriteBufferWaterMark(new WriteBufferWaterMark(writeBuffer / 2, writeBuffer));
        pipeline().addLast(handler);
        try {
            register();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    // ---- for the peer

    /** @param data this socket's now */
    public void receives(ByteBuf data) {
        if (!isActive() || inputShutdown) {
            data.release();
            return;
        }
        pipeline().fireChannelRead(data);
    }

    public void receivedAll() {
        if (isActive()) pipeline().fireChannelReadComplete();
        runPendingTasks();
    }

    /** The peer sends no more. */
    public void peerEnds() {
        if (!isActive() || inputShutdown) return;
        inputShutdown = true;
        pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        runPendingTasks();
    }

    /** A reset, as a read finds it: the error, then the end of the input. */
    public void peerResets() {
        if (!isActive()) return;
        broken = true;
        pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        peerEnds();
    }

    /** A reset that only a write will find. */
    public void writesFail() {
        broken = true;
    }

    /** Whether the peer reads nothing for now. */
    public void full(boolean now) {
        full = now;
        if (!now && isActive()) unsafe().flush();
    }

    /** Everything that was sent, in order. */
    public void sent(Consumer<ByteBuf> peer) {
        for (ByteBuf data; (data = readOutbound()) != null;) {
            peer.accept(data);
            data.release();
        }
    }

    // ---- the socket

    @Override protected void doWrite(ChannelOutboundBuffer in) throws Exception {
        if (broken || outputShutdown) throw new IOException("Broken pipe");
        if (!full) super.doWrite(in);
    }

    @Override protected void doShutdownOutput() {
        outputShutdown = true;
    }

    @Override public ChannelFuture shutdownOutput() {
        if (!isActive()) return newFailedFuture(new ClosedChannelException());
        outputShutdown = true;
        return newSucceededFuture();
    }

    @Override public boolean isOutputShutdown() {
        return outputShutdown;
    }

    @Override public boolean isInputShutdown() {
        return inputShutdown;
    }

    @Override public boolean isShutdown() {
        return inputShutdown && outputShutdown;
    }

    @Override public ChannelFuture shutdownOutput(ChannelPromise promise) {
        throw new UnsupportedOperationException();
    }

    @Override public ChannelFuture shutdownInput() {
        throw new UnsupportedOperationException();
    }

    @Override public ChannelFuture shutdownInput(ChannelPromise promise) {
        throw new UnsupportedOperationException();
    }

    @Override public ChannelFuture shutdown() {
        throw new UnsupportedOperationException();
    }

    @Override public ChannelFuture shutdown(ChannelPromise promise) {
        throw new UnsupportedOperationException();
    }

    @Override public ServerSocketChannel parent() {
        return null;
    }

    @Override public InetSocketAddress localAddress() {
        return ADDRESS;
    }

    @Override public InetSocketAddress remoteAddress() {
        return ADDRESS;
    }

    @Override public SocketChannelConfig config() {
        if (settings == null) settings = new DefaultSocketChannelConfig(this, new NoSocket());
        return settings;
    }

    private static final class NoSocket extends Socket {
        @Override public void setTcpNoDelay(boolean on) {}

        @Override public void setSoLinger(boolean on, int seconds) {}
    }
}
