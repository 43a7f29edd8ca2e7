package lb.filter;

import lb.config.route.FieldEdits;
import lb.http.Head;
import lb.proxy.Exchange;
import lb.proxy.Filter;

/** Edits of the head that goes to a backend. Threading: immutable. */
final class RequestFields implements Filter {
    private final HeadEdits edits;

    RequestFields(FieldEdits edits) {
        this.edits = new HeadEdits(edits);
    }

    @Override public void backendRequest(Head head, Exchange exchange) {
        edits.apply(head, exchange);
    }
}
