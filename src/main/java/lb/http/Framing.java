package lb.http;

/** How the body of an HTTP/1 message is delimited (RFC 9112 §6.3). */
public enum Framing {
    /** No body. */
    NONE,
    /** As many bytes as Content-Length says; may be 0. */
    LENGTH,
    /** The chunked coding. */
    CHUNKED,
    /** A response without any length: up to the end of its connection. */
    UNTIL_CLOSE
}
