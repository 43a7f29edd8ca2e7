/**
 * What {@code --demo} brings along: three backends that behave differently, clients that ask a little all the time, and
 * the report of what they got. Nothing of it runs otherwise.
 *
 * <p>Starting points: {@link lb.demo.DemoBackends}, {@link lb.demo.DemoLoad}, {@link lb.demo.DemoReport}.
 *
 * <p>Threading: backends and clients share one event loop of their own, so that they neither help nor slow what they
 * are there to show. Imports: Netty's HTTP codec.
 */
package lb.demo;
