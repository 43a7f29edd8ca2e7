package lb.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import lb.config.Timeouts;
import lb.connect.BackendEvents;
import lb.connect.BackendSide;
import lb.connect.Connections;
import lb.connect.Lane;
import lb.http.FramingLines;
import lb.http.Head;
import lb.http.HeadWriter;
import lb.http.Heads;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.WaitingLine;

/**
 * What would become of a request: it takes its route, passes the filters and picks a backend as any other does, but
 * where a connection would be asked for, a made-up one takes its head and gives a made-up answer. Nothing is sent.
 * Threading: one thread, on the lane's event loop.
 */
public final class DryRun {
    private final Lane lane;
    private final InetSocketAddress from;
    private final RouteTable routes;
    private Backend picked;
    private String forwarded;
    private String answer = "";
    private ExchangeRecord record;

    private DryRun(Lane lane, InetSocketAddress from, RouteTable routes) {
        this.lane = lane;
        this.from = from;
        this.routes = routes;
    }

    /** @param request this method's now @param from the client it would come from */
    public static DryRun of(Head request, InetSocketAddress from, RouteTable routes, Lane lane) {
        DryRun run = new DryRun(lane, from, routes);
        Exchanges exchanges = new Exchanges(lane, run.new NoConnections(), ended -> run.record = ended);
        exchanges.begin(run.new Client(), request, routes).start();
        return run;
    }

    /** What observers would be told; its head is gone. */
    public ExchangeRecord record() {
        return record;
    }

    /** Who would get it, or null. Who comes next the time after is the balancer's business. */
    public Backend backend() {
        return picked;
    }

    /** The head that would go to the backend, or null. */
    public String forwarded() {
        return forwarded;
    }

    /** The head that the client would get: lb's own answer, or what a plain 200 of the backend would become. */
    public String answer() {
        return answer;
    }

    private static String written(Head head, boolean request) {
        ByteBuf out = Unpooled.buffer(head.size());
        if (request) HeadWriter.request(head, out);
        else HeadWriter.response(head, out);
        String text = out.toString(StandardCharsets.ISO_8859_1);
        out.release();
        return text;
    }

    private final class NoConnections implements Connections {
        @Override public boolean acquire(Backend backend, Pool pool, Timeouts timeouts, boolean fresh, boolean careful,
                BackendEvents events, Wanted wanted) {
            picked = backend;
            backend.begin();
            NoBackend side = new NoBackend(backend);
            wanted.acquired(side);
            Heads heads = lane.heads();
            Head answered = heads.acquire();
            answered.answer(200, Reason.of(200));
            answered.answerBody(0, true);
            events.responseHead(answered);
            events.responseEnd(null);
            return true;
        }

        @Override public void reclaim(Backend backend, WaitingLine line) {}
    }

    private final class NoBackend extends IdleSide implements BackendSide {
        private final Backend backend;

        NoBackend(Backend backend) {
            this.backend = backend;
        }

        @Override public Backend backend() {
            return backend;
        }

        @Override public boolean reused() {
            return false;
        }

        @Override public void request(Head head) {
            FramingLines.append(head, head.framing());
            forwarded = written(head, true);
        }

        @Override public void tunnel() {}

        @Override public boolean answering() {
            return true;
        }

        @Override public void finish() {}

        @Override public void discard() {}

        @Override public void abort() {}
    }

    private final class Client extends IdleSide implements ClientSide {
        private final ForwardingFields forwarding = new ForwardingFields(from, routes.trusts(from.getAddress()));

        @Override public InetSocketAddress address() {
            return from;
        }

        @Override public ForwardingFields forwarding() {
            return forwarding;
        }

        @Override public boolean takesInterim() {
            return true;
        }

        @Override public void interim(Head head) {}

        @Override public void response(Head head) {
            FramingLines.append(head, head.framing());
            answer = written(head, false);
        }

        @Override public void tunnel(Head head) {}

        @Override public void finished() {}

        @Override public void abort() {}
    }
}
