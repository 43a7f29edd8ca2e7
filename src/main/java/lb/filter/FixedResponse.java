package lb.filter;

import java.nio.charset.StandardCharsets;
import lb.config.route.RouteTarget;
import lb.proxy.Exchange;
import lb.proxy.Filter;
import lb.proxy.LocalAnswer;

/** The answer that stands in the config. Threading: immutable. */
final class FixedResponse implements Filter {
    private final LocalAnswer answer;

    FixedResponse(RouteTarget.Respond target) {
        byte[] body = target.body().getBytes(StandardCharsets.UTF_8);
        answer = new LocalAnswer(null, target.status(), "", body.length == 0 ? null : target.contentType(), body);
    }

    @Override public LocalAnswer request(Exchange exchange) {
        return answer;
    }
}
