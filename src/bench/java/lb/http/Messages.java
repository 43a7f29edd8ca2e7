package lb.http;

/** The messages that are measured. Threading: immutable. */
public final class Messages {
    public static final String SMALL_GET = """
            GET / HTTP/1.1
            Host: shop.example.com

            """.replace("\n", "\r\n");

    /** What Firefox sends. */
    public static final String BROWSER_GET = """
            GET /list?category=chairs&page=2 HTTP/1.1
            Host: shop.example.com
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
            Accept-Language: en-GB,en;q=0.7,de;q=0.3
            Accept-Encoding: gzip, deflate, br, zstd
            Referer: https://shop.example.com/list?category=chairs
            Connection: keep-alive
            Cookie: session=3e6cf4a2c1d84b5f9a7e0d1c2b3a4958; theme=dark; seen=1f9c,20ab,77de
            Upgrade-Insecure-Requests: 1
            Sec-Fetch-Dest: document
            Sec-Fetch-Mode: navigate
            Sec-Fetch-Site: same-origin
            Sec-Fetch-User: ?1
            Priority: u=0, i

            """.replace("\n", "\r\n");

    /** Without its body. */
    public static final String RESPONSE = """
            HTTP/1.1 200 OK
            Server: nginx/1.22.1
            Date: Sun, 22 Nov 2026 13:51:05 GMT
            Content-Type: text/html; charset=utf-8
            Content-Length: 0
            Last-Modified: Sat, 21 Nov 2026 09:12:44 GMT
            Connection: keep-alive
            ETag: "6740a1cc-400"
            Cache-Control: max-age=60
            Accept-Ranges: bytes

            """.replace("\n", "\r\n");

    private Messages() {}
}
