package dev.recount.query.daemon;

import dev.recount.query.checkpoint.LocalCheckpoints;
import dev.recount.query.projection.Projection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The projections that this node knows, by name. */
public final class Projections {

    private final Map<String, LiveProjection> byName = new TreeMap<>();

    /** @throws IllegalArgumentException if two have the same name */
    Projections(List<Projection> projections, LocalCheckpoints positions) {
        for (var projection : projections) {
            if (byName.put(projection.name(), new LiveProjection(projection, positions)) != null) {
                throw new IllegalArgumentException("two projections are named " + projection.name());
            }
        }
    }

    /** @throws IllegalArgumentException for an unknown projection */
    public LiveProjection of(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no projection " + name));
    }

    public Optional<LiveProjection> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All projections, ordered by name. */
    public Collection<LiveProjection> all() {
        return byName.values();
    }
}
