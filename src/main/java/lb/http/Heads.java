package lb.http;

import java.util.ArrayDeque;

/** Heads of one event loop, kept for the next message, so that an idle connection holds none. Event loop only. */
public final class Heads {
    private static final int KEPT = 256;
    private final ArrayDeque<Head> free = new ArrayDeque<>();

    /** An empty head; its owner gives it back exactly once. */
    public Head acquire() {
        Head head = free.pollLast();
        if (head == null) head = new Head();
        head.clear();
        return head;
    }

    public void release(Head head) {
        if (free.size() < KEPT) free.addLast(head);
    }
}
