package lb.connect;

import io.netty.buffer.ByteBuf;
import lb.http.Failure;
import lb.http.Head;

/** Who wanted a connection and does not care what comes of it, but for what a test overrides. */
class Unheard implements BackendEvents, Connections.Wanted {
    @Override public void acquired(BackendSide side) {}

    @Override public void notAcquired(Failure failure) {}

    @Override public void responseHead(Head head) {}

    @Override public void responseBody(ByteBuf data) {
        data.release();
    }

    @Override public void responseEnd(Head trailers) {}

    @Override public void responseReadComplete() {}

    @Override public void backendWritable() {}

    @Override public void backendDown() {}

    @Override public void backendLost(Failure failure) {}
}
