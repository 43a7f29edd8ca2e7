package lb.filter;

import lb.config.route.FieldEdits;
import lb.http.Head;
import lb.proxy.Exchange;
import lb.proxy.Filter;

/** Edits of the head that goes to the client, whoever it comes from. Threading: immutable. */
final class ResponseFields implements Filter {
    private final HeadEdits edits;

    ResponseFields(FieldEdits edits) {
        this.edits = new HeadEdits(edits);
    }

    @Override public void response(Head head, Exchange exchange) {
        edits.apply(head, exchange);
    }
}
