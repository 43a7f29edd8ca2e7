package lb.proxy;

import lb.config.OutlierConfig.On;
import lb.http.Failure;

/** What the end of an attempt says about its backend. Threading: stateless. */
final class Blame {
    private Blame() {}

    /** Under which of the operator's words a failure falls. @param failure with the fault of a backend */
    static On of(Failure failure) {
        return switch (failure) {
            case CONNECT_REFUSED, CONNECT_TIMEOUT, CONNECT_UNRESOLVED, CONNECT_FAILED -> On.CONNECT;
            case CLOSED_BEFORE_HEAD, RESET_BEFORE_HEAD, TRUNCATED -> On.RESET;
            case SEND_TIMEOUT, RESPONSE_TIMEOUT, STALLED, WENT_DOWN -> On.TIMEOUT;
            case BAD_RESPONSE, BAD_UPGRADE, RESPONSE_HEAD_LIMIT -> On.BAD_RESPONSE;
            default -> throw new IllegalArgumentException(failure + " is not a backend's fault");
        };
    }

    /**
     * True for a loss that proves nothing: a kept connection was at its end when the request was written to it. Whether
     * the request can be sent again is another question.
     *
     * @param stale the connection was a kept one, and no byte of an answer came
     */
    static boolean nobodys(Failure failure, boolean stale) {
        return stale && (failure == Failure.CLOSED_BEFORE_HEAD || failure == Failure.RESET_BEFORE_HEAD);
    }

    /**
     * True when the backend did its part: it answered, and if the answer did not arrive, that was not its doing.
     *
     * @param failure  why the exchange did not end well, or null
     * @param answered the backend's final response began
     */
    static boolean good(Failure failure, boolean answered) {
        return answered && (failure == null || failure.fault() != Failure.Fault.BACKEND);
    }
}
