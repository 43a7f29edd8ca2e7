package lb;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.SplittableRandom;
import lb.connect.Transport;
import lb.health.EjectionView;
import lb.health.HealthChecker;
import lb.health.HealthView;
import lb.health.SilentBackends;
import lb.health.TrafficWatch;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.Status;

/**
 * All that finds out how backends are: probes, what becomes of real requests, and questions to those that went silent.
 * Threading: control thread, except where it says otherwise.
 */
final class BackendWatch {
    private final EventLoop control;
    private final HealthChecker health;
    private final TrafficWatch traffic;
    private final SilentBackends silent;

    BackendWatch(EventLoop control, Transport transport, AddressResolverGroup<InetSocketAddress> resolver) {
        this.control = control;
        Bootstrap probes = new Bootstrap().group(control).channel(transport.socket()).resolver(resolver);
        health = new HealthChecker(control, probes, System::nanoTime, new SplittableRandom());
        traffic = new TrafficWatch(control, System::nanoTime, health::suspect);
        silent = new SilentBackends(control, probes, System::nanoTime, traffic);
    }

    /** From now on these, and no others. */
    void watch(Collection<Pool> pools) {
        health.watch(pools);
        traffic.watch(pools);
    }

    /** Any thread. Exchanges wait there, and none gets a byte. */
    void silent(Backend backend) {
        control.execute(() -> {
            health.suspect(backend);
            silent.suspect(backend);
        });
    }

    /** Called at each change of a status. */
    void statusChanged(Backend backend, Status was, Status now) {
        if (was == Status.DOWN && now == Status.EJECTED) traffic.revived(backend);
    }

    void stop() {
        health.stop();
        silent.stop();
        traffic.stop();
    }

    HealthView health(Backend backend) {
        return health.view(backend);
    }

    EjectionView ejection(Backend backend) {
        return traffic.view(backend);
    }
}
