package lb.proxy;

import java.util.SplittableRandom;

/**
 * A request that an order begins with.
 *
 * @param text       its head
 * @param bodyLength 0 when it has none, -1 when it is chunked
 * @param repeatable it may be executed twice
 */
record AskedRequest(String text, long bodyLength, boolean http11, boolean toHead, boolean repeatable) {
    private static final String[] METHODS = {"GET", "HEAD", "POST", "POST", "PUT", "PATCH", "OPTIONS"};

    /** @param large its body may be larger than what is kept for a second attempt */
    static AskedRequest any(SplittableRandom random, boolean large) {
        String method = METHODS[random.nextInt(METHODS.length)];
        boolean http11 = random.nextInt(8) > 0;
        boolean key = random.nextInt(4) == 0;
        StringBuilder head = new StringBuilder(method).append(" / HTTP/1.").append(http11 ? 1 : 0).append("\r\n");
        head.append("Host: shop.example\r\n");
        if (key) head.append("Idempotency-Key: k\r\n");
        if (random.nextInt(4) == 0) head.append("Connection: Upgrade\r\nUpgrade: echo\r\n");
        if (method.equals("OPTIONS")) head.append("Max-Forwards: ").append(random.nextInt(2)).append("\r\n");
        long length = 0;
        switch (random.nextInt(3)) {
            case 0 -> { }
            case 1 -> {
                length = 1 + random.nextInt(large ? 3 * CountedBytes.LARGEST : 60);
                head.append("Content-Length: ").append(length).append("\r\n");
            }
            default -> {
                if (http11) {
                    length = -1;
                    head.append("Transfer-Encoding: chunked\r\n");
                }
            }
        }
        boolean repeatable = key || !method.equals("POST") && !method.equals("PATCH");
        return new AskedRequest(head.append("\r\n").toString(), length, http11, method.equals("HEAD"), repeatable);
    }

    boolean chunked() {
        return bodyLength < 0;
    }

    @Override public String toString() {
        return text;
    }
}
