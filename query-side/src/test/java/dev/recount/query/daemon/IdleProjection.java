package dev.recount.query.daemon;

import dev.recount.query.checkpoint.Checkpoints;
import dev.recount.query.checkpoint.LocalCheckpoints;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Has no rows, for tests of when a projection takes its turn. */
record IdleProjection(String name, Duration batchDelay) implements Projection {

    /**
     * One that a batch has just brought to the position.
     *
     * @param rest as {@link LiveProjection#committed} takes it
     */
    static LiveProjection live(String name, Duration batchDelay, long position, Duration rest, LongSupplier nanoClock) {
        var live = new LiveProjection(new IdleProjection(name, batchDelay), new LocalCheckpoints(), nanoClock);
        live.committed(new Checkpoints.Advance(Set.of(name), Set.of(), 0), position, rest);
        return live;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<String> tables() {
        return List.of();
    }

    @Override
    public void apply(List<LoggedEvent> batch, Connection connection) {}
}
