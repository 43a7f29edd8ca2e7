package lb.filter;

import lb.http.Head;

/** Where the path of a request ends and its query begins, in the octets that go on. Threading: stateless. */
final class PathSpan {
    private PathSpan() {}

    /** Where the question mark stands, or the query would; the path begins at {@link Head#pathStart}. */
    static int end(Head request) {
        int at = request.pathStart();
        while (at < request.pathEnd() && request.octet(at) != '?') at++;
        return at;
    }

    /** True for {@code *} and for {@code http://shop.example.com} of an OPTIONS: about the server, not about a path. */
    static boolean none(Head request) {
        if (request.pathStart() < request.pathEnd()) return request.octet(request.pathStart()) == '*';
        return request.methodIs("OPTIONS");
    }
}
