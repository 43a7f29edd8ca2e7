package lb.filter;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import lb.http.Head;
import lb.proxy.ClientSide;
import lb.proxy.ForwardingFields;

/** A client's side that is asked who it is, and nothing else. One at 10.0.0.0/8 is a proxy that is trusted. */
final class IdleClient implements ClientSide {
    private final InetSocketAddress address;

    IdleClient(InetSocketAddress address) {
        this.address = address;
    }

    @Override public InetSocketAddress address() {
        return address;
    }

    @Override public ForwardingFields forwarding() {
        return new ForwardingFields(address, address.getAddress().getAddress()[0] == 10);
    }

    @Override public boolean takesInterim() {
        throw new AssertionError();
    }

    @Override public void interim(Head head) {
        throw new AssertionError();
    }

    @Override public void response(Head head) {
        throw new AssertionError();
    }

    @Override public void tunnel(Head head) {
        throw new AssertionError();
    }

    @Override public void finished() {
        throw new AssertionError();
    }

    @Override public void abort() {
        throw new AssertionError();
    }

    @Override public void body(ByteBuf data) {
        throw new AssertionError();
    }

    @Override public void end(Head trailers) {
        throw new AssertionError();
    }

    @Override public void flush() {
        throw new AssertionError();
    }

    @Override public boolean writable() {
        throw new AssertionError();
    }

    @Override public void reading(boolean wanted) {
        throw new AssertionError();
    }
}
