package lb.proxy;

import io.netty.buffer.ByteBuf;
import lb.http.Failure;
import lb.http.Head;

/** What the backend of an order says and does, as its seed decides: always what a real side could tell. */
final class BackendTalk {
    private static final Failure[] LOSSES = {
        Failure.CLOSED_BEFORE_HEAD, Failure.RESET_BEFORE_HEAD, Failure.TRUNCATED, Failure.BAD_RESPONSE,
        Failure.RESPONSE_TIMEOUT, Failure.SEND_TIMEOUT, Failure.STALLED, Failure.RESPONSE_HEAD_LIMIT,
        Failure.TUNNEL_IDLE, Failure.DRAINED, Failure.BUG
    };

    private final Order order;
    private final Exchange exchange;
    private final CountedHeads heads;
    private final CountedBytes bytes;
    private final boolean toHead;
    private Head heard;

    BackendTalk(Order order, Exchange exchange, CountedHeads heads, CountedBytes bytes, boolean toHead) {
        this.order = order;
        this.exchange = exchange;
        this.heads = heads;
        this.bytes = bytes;
        this.toHead = toHead;
    }

    /** The head that the exchange is told of now, or null. */
    Head heard() {
        return heard;
    }

    void step(WatchedBackend side) {
        switch (order.random(16)) {
            case 0 -> order.backendFlips(side);
            case 1 -> lost(side);
            case 2 -> {
                if (side.answering()) return;
                order.note("> backendDown");
                exchange.backendDown();
            }
            case 3, 4 -> {
                order.note("> responseReadComplete");
                exchange.responseReadComplete();
            }
            default -> responseStep(side);
        }
    }

    private void responseStep(WatchedBackend side) {
        side.answers();
        switch (side.stage()) {
            case HEAD -> responseHead(side);
            case BODY -> {
                if ((side.chunked() || side.untilClose()) && order.random(4) == 0) responseEnd(side);
                else responseBody(side);
            }
            case TUNNEL -> {
                if (order.random(6) == 0) responseEnd(side);
                else responseBody(side);
            }
            case ENDED -> { }
        }
    }

    private void responseHead(WatchedBackend side) {
        int length = order.large() ? 1 + order.random(2 * CountedBytes.LARGEST) : 1 + order.random(40);
        switch (order.random(10)) {
            case 0, 1 -> responseHead(side, "103 Early Hints\r\nLink: </a>\r\n");
            case 2 -> responseHead(side, "101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: "
                    + (order.random(4) == 0 ? "other" : "echo") + "\r\n");
            case 3 -> finalHead(side, false, 0, "204 No Content\r\n");
            case 4, 5 -> finalHead(side, true, -1, "200 OK\r\nTransfer-Encoding: chunked\r\n");
            case 6 -> finalHead(side, false, -1, "500 Oops\r\n");
            default -> finalHead(side, false, length, "200 OK\r\nContent-Length: " + length + "\r\n");
        }
    }

    private void finalHead(WatchedBackend side, boolean chunked, int length, String text) {
        boolean none = toHead || length == 0;
        side.responds(chunked && !none, none ? 0 : length);
        responseHead(side, text);
        if (none && side.live()) responseEnd(side);
    }

    private void responseHead(WatchedBackend side, String text) {
        order.note("> responseHead ", text);
        Head head = heads.response("HTTP/1.1 " + text + "\r\n", toHead);
        heard = head;
        exchange.responseHead(head);
        heard = null;
    }

    private void responseBody(WatchedBackend side) {
        int size = side.most(order.size());
        order.note("> responseBody ", size);
        ByteBuf piece = bytes.piece(side.sent(), size);
        side.sends(size);
        exchange.responseBody(piece);
        if (side.live() && side.stage() == WatchedBackend.Stage.BODY && side.whole()) responseEnd(side);
    }

    private void responseEnd(WatchedBackend side) {
        boolean trailers = side.chunked() && order.random(4) == 0;
        order.note("> responseEnd ", trailers);
        side.stage(WatchedBackend.Stage.ENDED);
        exchange.responseEnd(trailers ? heads.trailers() : null);
    }

    private void lost(WatchedBackend side) {
        Failure why = LOSSES[order.random(LOSSES.length)];
        order.note("> backendLost ", why);
        side.lost();
        exchange.backendLost(why);
    }
}
