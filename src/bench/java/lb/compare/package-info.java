/**
 * CPU time per request of lb beside nginx and HAProxy, all in one run on one machine: the table of the README's
 * "Measured". Needs Linux, nginx (also as the origin), haproxy, wrk and taskset.
 *
 * <pre>
 * mvn -q -Pbench -DskipTests package &amp;&amp; java -cp target/test-classes lb.compare.Compare --help
 * </pre>
 *
 * <p>Starting points: {@link lb.compare.Compare}, {@link lb.compare.Proxies}, {@link lb.compare.Workload}.
 *
 * <p>Threading: one thread. Imports: Java alone, so that it runs without a class path of libraries.
 */
package lb.compare;
