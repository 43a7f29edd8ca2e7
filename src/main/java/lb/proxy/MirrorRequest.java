package lb.proxy;

import lb.http.FieldName;
import lb.http.Head;
import lb.pool.Backend;
import lb.pool.Pool;

/** Makes a copy of the client's request head one that goes to a backend beside the exchange. Threading: stateless. */
public final class MirrorRequest {
    private MirrorRequest() {}

    /**
     * @param copy     of the exchange's request as received
     * @param exchange says who the client is
     */
    public static void edit(Head copy, Backend backend, Pool pool, Exchange exchange) {
        BackendRequest.edit(copy, backend, pool.config().preserveHost(), false, exchange.forwarding());
        // nobody passes the interim answer on; the body comes when the client sends it to the other backend
        copy.removeAll(FieldName.EXPECT);
    }
}
