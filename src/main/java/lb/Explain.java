package lb;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import lb.config.BackendConfig;
import lb.config.Config;
import lb.config.Limits;
import lb.config.ListenerConfig;
import lb.config.TransportChoice;
import lb.config.route.MirrorConfig;
import lb.config.route.RouteConfig;
import lb.config.route.RouteRules;
import lb.config.route.RouteTarget;
import lb.connect.Dialler;
import lb.connect.Lane;
import lb.connect.Transport;
import lb.http.Failure;
import lb.http.Head;
import lb.http.HeadLimits;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.TierShare;
import lb.proxy.DryRun;
import lb.proxy.ExchangeRecord;
import lb.proxy.RouteTable;
import lb.sticky.Sticky;

/**
 * Says what would become of a request: its route and why not an earlier one, its pool, who may get it, and what is
 * edited on the way. The request takes the very path that others take, but nothing is sent, nothing is listened on, and
 * as no probe has run, every backend that the config lets in counts as up.
 */
final class Explain {
    /** Backends that are listed one by one. */
    private static final int LISTED = 50;
    /** Of http. */
    private static final int DEFAULT_PORT = 80;

    private final Config config;
    private final Question question;
    private final StringBuilder out = new StringBuilder();

    private Explain(Config config, Question question) {
        this.config = config;
        this.question = question;
    }

    static String of(Arguments arguments, Config config) throws WrongCommandLine, InterruptedException {
        Explain explain = new Explain(config, Question.of(arguments.explain(), arguments.headers()));
        InetSocketAddress from = new InetSocketAddress(address(arguments.client()), 0);
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            EventLoop loop = (EventLoop) group.next();
            loop.submit(() -> explain.run(loop, from)).get();
            return explain.out.toString();
        } catch (ExecutionException e) {
            throw new IllegalStateException("explaining failed", e.getCause());
        } finally {
            group.shutdownGracefully();
        }
    }

    private static InetAddress address(String text) throws WrongCommandLine {
        InetSocketAddress address = Dialler.address(text == null ? "127.0.0.1" : text, 0);
        if (address.isUnresolved()) throw new WrongCommandLine("--client " + text + ": expected an IP address");
        return address.getAddress();
    }

    private void run(EventLoop loop, InetSocketAddress from) {
        Topology topology = Topology.build(withoutMirrors(config), null, new Departed(), Runnable::run);
        topology.open(null, new Departed(), (backend, was, now) -> {});
        ListenerConfig listener = listener();
        RouteTable routes = topology.routes(listener);
        Limits limits = config.limits();
        HeadLimits headLimits = new HeadLimits(limits.headers(), limits.headerCount(), limits.line());
        Transport transport = Transport.choose(TransportChoice.NIO);
        Lane lane = new Lane(0, loop, new Dialler(transport, DefaultAddressResolverGroup.INSTANCE), headLimits,
                silent -> {});

        say("request", question.line() + " from " + from.getAddress().getHostAddress());
        say("listener", listener.name() + " on " + listener.listen());
        Question.Read read = question.read(headLimits, lane.heads());
        if (read.failure() != null) {
            say("refused", read.failure());
            return;
        }
        routes.passedOver(read.head()).forEach(line -> say("not route", line));
        ExchangeRecord record = tell(DryRun.of(read.head(), from, routes, lane));
        if (record.pool() == null) return;
        Head again = question.read(headLimits, lane.heads()).head();
        session(topology.sessions().get(record.pool().name()), again);
        List<TierShare> shares = record.pool().shares();
        if (shares.size() > 1) say("while all up", TierShare.words(shares));
        candidates(record.pool());
    }

    private ExchangeRecord tell(DryRun run) {
        ExchangeRecord record = run.record();
        say("route", record.route() == null ? "none" : record.route());
        route(record).ifPresent(this::asides);
        if (record.pool() != null) {
            say("pool", record.pool().name() + ", balance " + record.pool().config().balance());
        }
        if (record.failure() != null) say("refused", record.failure());
        if (run.backend() != null) {
            say("would go to", run.backend().id() + " at " + run.backend().address());
            head("the backend gets", run.forwarded());
            head("the client gets, if the answer is a plain 200", run.answer());
        } else {
            head("the client gets", run.answer());
        }
        return record;
    }

    private Optional<RouteConfig> route(ExchangeRecord record) {
        return listener().routes().stream().filter(route -> route.name().equals(record.route())).findFirst();
    }

    /** What a dry run leaves out. */
    private void asides(RouteConfig route) {
        MirrorConfig mirror = route.rules().mirror();
        if (mirror != null) say("mirror", Math.round(mirror.share() * 100) + "% are copied to pool " + mirror.pool());
        if (route.target() instanceof RouteTarget.Forward forward && forward.split().size() > 1) {
            say("split", forward.toString());
        }
    }

    private void session(Sticky sticky, Head request) {
        if (sticky != null) say("session", sticky.explain(request));
    }

    private void candidates(Pool pool) {
        int listed = 0;
        for (Backend backend : pool.backends()) {
            if (listed++ == LISTED) {
                say("candidate", "and " + (pool.backends().size() - LISTED) + " more");
                return;
            }
            say("candidate", backend.id() + ", weight " + backend.weight() + ": " + standing(pool, backend));
        }
    }

    private static String standing(Pool pool, Backend backend) {
        BackendConfig config = backend.config();
        if (config.state() == BackendConfig.State.MAINT) return "no: it is in maintenance";
        if (config.state() == BackendConfig.State.DRAIN) return "only for sessions it already has: it drains";
        if (config.weight() == 0) return "only for sessions it already has: its weight is 0";
        TierShare tier = pool.shareOf(backend);
        if (tier.share() > 0) return "yes, while it is up" + (tier.share() < 1 ? ", as " + tier.name() : "");
        return backend.backup() ? "only when no primary is up: it is a backup"
                : "only when too few of those before it are up, as " + tier.name();
    }

    // ---- what is asked

    /** The one whose port the URL names, else the first. */
    private ListenerConfig listener() {
        Collection<ListenerConfig> all = config.listeners().values();
        int port = question.port() == 0 ? DEFAULT_PORT : question.port();
        return all.stream().filter(each -> each.listen().port() == port).findFirst()
                .orElse(all.iterator().next());
    }

    /** A copy for another pool would be sent. */
    private static Config withoutMirrors(Config config) {
        Map<String, ListenerConfig> listeners = new LinkedHashMap<>();
        config.listeners().forEach((name, each) -> listeners.put(name, new ListenerConfig(name, each.listen(),
                each.routes().stream().map(Explain::withoutMirror).toList(), each.shared(), each.pool())));
        return new Config(listeners, config.pools(), config.timeouts(), config.limits(), config.trustedProxies(),
                config.admin(), config.accessLog(), config.log(), config.transport());
    }

    private static RouteConfig withoutMirror(RouteConfig route) {
        RouteRules rules = route.rules();
        return new RouteConfig(route.name(), route.match(), route.target(), new RouteRules(rules.allow(), rules.deny(),
                rules.basicAuth(), rules.rateLimit(), rules.rewrite(), rules.request(), rules.response(),
                rules.compress(), null, rules.terms()));
    }

    // ---- words

    private void say(String what, String text) {
        out.append(String.format("%-12s %s%n", what, text));
    }

    private void say(String what, Failure failure) {
        say(what, failure.status() + " " + failure.cause() + ": " + failure.sentence());
    }

    private void head(String title, String text) {
        out.append(title).append(":\n");
        text.strip().lines().forEach(line -> out.append("    ").append(line).append('\n'));
    }
}
