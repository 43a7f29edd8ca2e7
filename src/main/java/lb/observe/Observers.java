package lb.observe;

import java.util.concurrent.atomic.AtomicBoolean;
import lb.proxy.ExchangeRecord;
import lb.proxy.ExchangeObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several observers as one, told in the given order. One that fails does not keep the others from watching, nor the
 * exchange from ending. Threading: any event loop.
 */
public final class Observers implements ExchangeObserver {
    private static final Logger log = LoggerFactory.getLogger(Observers.class);

    private final ExchangeObserver[] observers;
    private final AtomicBoolean told = new AtomicBoolean();

    public Observers(ExchangeObserver... observers) {
        this.observers = observers.clone();
    }

    @Override public void exchangeEnded(ExchangeRecord exchange) {
        for (ExchangeObserver observer : observers) {
            try {
                observer.exchangeEnded(exchange);
            } catch (RuntimeException e) {
                // what fails for one exchange may fail for all: said once, or it would fill the disk
                if (told.compareAndSet(false, true)) {
                    log.error("{} failed through a fault of our own; said once",
                            observer.getClass().getSimpleName(), e);
                }
            }
        }
    }
}
