package dev.recount.benchmarks;

import dev.recount.eventstore.EventLog;
import dev.recount.query.projection.Projection;
import dev.recount.query.projection.ProjectionPositions;
import java.time.Duration;
import org.springframework.context.ApplicationContext;

/** The moment when every projection has applied what the log held when the wait for it began. */
final class CaughtUp {

    private CaughtUp() {}

    /** @throws IllegalStateException when a projection has not come so far in time */
    static void await(ApplicationContext recount, Duration patience) throws InterruptedException {
        ProjectionPositions positions = recount.getBean(ProjectionPositions.class);
        long head = recount.getBean(EventLog.class).head();
        for (Projection projection : recount.getBeansOfType(Projection.class).values()) {
            if (!positions.await(projection.name(), head, patience)) {
                throw new IllegalStateException(projection.name() + " has not reached " + head + " in " + patience);
            }
        }
    }
}
