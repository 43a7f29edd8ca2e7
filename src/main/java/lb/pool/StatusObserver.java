package lb.pool;

/** Told of changes of a backend's status. Control thread. */
@FunctionalInterface
public interface StatusObserver {
    void statusChanged(Backend backend, Status was, Status now);
}
