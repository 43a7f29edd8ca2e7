package lb.admin;

import java.util.List;

/** Status as JSON and as text. Admin thread. */
final class StatusPages {
    private final StatusSource source;

    StatusPages(StatusSource source) {
        this.source = source;
    }

    Answer text(Call call) {
        return Answer.text(200, StatusText.of(source.status(), source.listeners(), source.pools()));
    }

    Answer status(Call call) {
        return Answer.json(json -> new StatusJson(json).status(source.status(), source.listeners(), source.pools()));
    }

    Answer listeners(Call call) {
        return Answer.json(json -> new StatusJson(json).listeners(source.listeners()));
    }

    Answer pools(Call call) {
        return Answer.json(json -> new StatusJson(json).pools(source.pools()));
    }

    Answer pool(Call call) {
        PoolView pool = find(call.part("pool"));
        if (pool == null) return Answer.notFound("no pool is called \"" + call.part("pool") + "\"", call.path());
        return Answer.json(json -> new StatusJson(json).pool(pool));
    }

    Answer backend(Call call) {
        PoolView pool = find(call.part("pool"));
        if (pool == null) return Answer.notFound("no pool is called \"" + call.part("pool") + "\"", call.path());
        BackendView backend = pool.backend(call.part("id"));
        if (backend == null) {
            String detail = "pool \"" + pool.name() + "\" has no backend \"" + call.part("id") + "\"";
            return Answer.notFound(detail, call.path());
        }
        return Answer.json(json -> new StatusJson(json).backend(backend));
    }

    private PoolView find(String name) {
        List<PoolView> pools = source.pools();
        for (PoolView pool : pools) {
            if (pool.name().equals(name)) return pool;
        }
        return null;
    }
}
