package lb.proxy;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import lb.http.Head;

/**
 * A client's side that sees to it that an exchange gives it one response at most, in order, and calls it whole only if
 * it is. As a real one may, it loses its client, or changes its writability, while it is being written to.
 */
final class WatchedClient implements ClientSide {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    private static final ForwardingFields FORWARDING = new ForwardingFields(ADDRESS, false);

    private final Order order;
    private final boolean http11;
    private boolean writable = true;
    private boolean reading = true;
    private boolean finished;
    private boolean aborted;
    private boolean ended;
    private boolean tunnel;
    private int finals;
    private WatchedBackend source;
    private long taken;
    private int calls;

    WatchedClient(Order order, boolean http11) {
        this.order = order;
        this.http11 = http11;
    }

    /** True once the exchange has let go of it. */
    boolean over() {
        return finished || aborted;
    }

    boolean tunnel() {
        return tunnel;
    }

    boolean isReading() {
        return reading;
    }

    /** True once it was told that the response is whole. */
    boolean ended() {
        return ended;
    }

    int calls() {
        return calls;
    }

    void flip() {
        writable = !writable;
    }

    @Override public InetSocketAddress address() {
        return ADDRESS;
    }

    @Override public ForwardingFields forwarding() {
        return FORWARDING;
    }

    @Override public boolean takesInterim() {
        return http11;
    }

    @Override public void interim(Head head) {
        if (!takes("interim")) return;
        order.check(finals == 0, "an interim head behind the final one");
        surprise();
    }

    @Override public void response(Head head) {
        if (!takes("response")) return;
        begin(head);
        order.check(head.status() >= 200, "a final head of status " + head.status());
        surprise();
    }

    @Override public void tunnel(Head head) {
        if (!takes("tunnel")) return;
        begin(head);
        tunnel = true;
        surprise();
    }

    private void begin(Head head) {
        order.check(++finals == 1, "a second final head");
        source = order.source(head);
    }

    @Override public void body(ByteBuf data) {
        try {
            if (!takes("body")) return;
            order.check(finals == 1, "a body without a head");
            order.check(!ended, "a body behind the end");
            if (source != null) CountedBytes.check(taken, data);
            taken += data.readableBytes();
        } finally {
            data.release();
        }
        surprise();
    }

    @Override public void end(Head trailers) {
        order.release(trailers);
        if (!takes("end")) return;
        order.check(finals == 1 && !ended, "an end without a beginning");
        ended = true;
        if (source != null) {
            order.check(source.ended(), "a response that has not ended is called whole");
            order.check(taken == source.sent(), "of " + source.sent() + " bytes " + taken + " came");
        }
        surprise();
    }

    @Override public void flush() {
        if (takes("flush")) surprise();
    }

    @Override public boolean writable() {
        return writable;
    }

    @Override public void reading(boolean wanted) {
        if (takes("reading " + wanted)) reading = wanted;
    }

    @Override public void finished() {
        calls++;
        order.note("client.finished");
        order.check(!over(), "finished twice, or after an abort");
        order.check(ended, "finished before its end");
        finished = true;
    }

    @Override public void abort() {
        calls++;
        order.note("client.abort");
        order.check(!over(), "aborted twice, or after it was finished");
        aborted = true;
    }

    /** An aborted side is deaf; a finished one is busy with its next exchange. */
    private boolean takes(String call) {
        calls++;
        order.note("client.", call);
        order.check(!finished, "the next exchange is meddled with");
        return !aborted;
    }

    /** What may come of a write, before it returns. */
    private void surprise() {
        int what = order.random(64);
        if (what == 0) {
            order.clientLost();
        } else if (what < 4) {
            order.clientFlips();
        }
    }
}
