/**
 * Peers that follow a script, and witnesses: what the scenario tests of the root package are made of. Everything here
 * speaks through plain sockets, so that a fault of Netty or of lb cannot hide itself.
 * Starting points: {@link lb.testkit.ScriptedBackend}, {@link lb.testkit.RawClient}.
 *
 * <p>Threading: blocking; every wait has a deadline. Ports come from the kernel. Imports: config, Netty only in
 * {@link lb.testkit.LeakWatch} and {@link lb.testkit.Setup}.
 */
package lb.testkit;
