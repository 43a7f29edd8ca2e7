package lb.balance;

import lb.pool.Balancer;

/**
 * A balancer that a jar brings along: see the {@linkplain lb.balance package} for how. Found by
 * {@link java.util.ServiceLoader}, so an implementation is public and has a constructor without arguments.
 *
 * <p>Threading: asked on the control thread.
 */
public interface BalancerProvider {
    /** What a config's {@code balance} says: letters and digits, beginning with a letter, not the name of another. */
    String name();

    /** A balancer of its own for one pool. Its pickers' affinity is 0: only {@code hash} looks at requests. */
    Balancer create();
}
