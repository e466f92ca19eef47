package dev.recount.query.projection;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the processor hands over one by one and applies it as one batch, in the transaction of the token.
 *
 * <p>It takes every event, so that the token moves with the log also where the projection has nothing to do.
 */
final class BatchWriter implements EventHandlerInvoker {

    private static final String BATCH = "recount.batch";

    private final Projection projection;
    private final ProjectionTransactions transactions;
    private final ProjectionProgress progress;

    BatchWriter(Projection projection, ProjectionTransactions transactions, ProjectionProgress progress) {
        this.projection = projection;
        this.transactions = transactions;
        this.progress = progress;
    }

    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return true;
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) {
        batchOf(CurrentUnitOfWork.get()).add(LoggedEvent.of(message));
    }

    private List<LoggedEvent> batchOf(UnitOfWork<?> unit) {
        List<LoggedEvent> running = unit.getResource(BATCH);
        if (running != null) {
            return running;
        }
        var batch = new ArrayList<LoggedEvent>();
        unit.resources().put(BATCH, batch);
        unit.onPrepareCommit(_ -> write(batch));
        unit.afterCommit(_ -> progress.committed(batch.getLast().position()));
        return batch;
    }

    private void write(List<LoggedEvent> batch) {
        transactions.join(connection -> {
            var rest = ProjectionRows.claim(connection, projection.name(), batch);
            if (!rest.isEmpty()) {
                projection.apply(rest, connection);
            }
        });
    }

    @Override
    public void performReset() {
        transactions.join(connection -> ProjectionRows.startOver(connection, projection));
        progress.startedOver();
    }

    @Override
    public <R> void performReset(@Nullable R resetContext) {
        performReset();
    }

    @Override
    public void segmentReleased(Segment segment) {
        progress.released();
    }
}
