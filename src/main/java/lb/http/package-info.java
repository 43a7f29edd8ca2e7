/**
 * HTTP/1 messages as bytes with an index, their framing, and what may be wrong with them. Pure byte code: nothing here
 * knows a channel, so everything is tested without a socket.
 *
 * <p>Starting points: {@link lb.http.Head}, {@link lb.http.MessageReader}, {@link lb.http.Failure}.
 *
 * <p>Threading: every object belongs to one event loop. Imports: Netty's buffers; nothing of lb.
 */
package lb.http;
