package lb.proxy;

import lb.http.FieldName;
import lb.http.Head;

/**
 * How many more proxies a TRACE or OPTIONS may pass (RFC 9110 §7.6.2); a greater number than {@value #MOST} counts as
 * that. Threading: stateless.
 */
final class MaxForwards {
    private static final int MOST = 1_000_000_000;

    private MaxForwards() {}

    /** 0 or more, or -1 when the request has none that counts. */
    static int of(Head request) {
        int line = request.find(FieldName.MAX_FORWARDS, 0);
        if (line < 0 || !request.methodIs("OPTIONS") && !request.methodIs("TRACE")) return -1;
        int start = request.valueStart(line);
        int end = request.valueEnd(line);
        if (start == end) return -1;
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = request.octet(i) - '0';
            if (digit < 0 || digit > 9) return -1;
            number = (int) Math.min(MOST, number * 10L + digit);
        }
        return number;
    }
}
