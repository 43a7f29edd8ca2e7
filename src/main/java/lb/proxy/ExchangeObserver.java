package lb.proxy;

/** Watches exchanges and changes nothing. Called on the event loop of the exchange: must not block. */
public interface ExchangeObserver {
    /** The exchange ended; its record may be read during this call only. */
    void exchangeEnded(ExchangeRecord exchange);
}
