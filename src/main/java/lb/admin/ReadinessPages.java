package lb.admin;

/** What orchestrators ask: is it alive, may clients be sent to it. Admin thread. */
final class ReadinessPages {
    private final StatusSource source;

    ReadinessPages(StatusSource source) {
        this.source = source;
    }

    Answer live(Call call) {
        return Answer.text(200, "ok\n");
    }

    /** 503 while clients should go elsewhere. A reload that failed is only told: the config before it still serves. */
    Answer ready(Call call) {
        Readiness readiness = source.readiness();
        String first = readiness.ready() ? "ok" : readiness.reason();
        String detail = readiness.detail() == null ? "" : readiness.detail() + "\n";
        return Answer.text(readiness.ready() ? 200 : 503, first + "\n" + detail);
    }
}
