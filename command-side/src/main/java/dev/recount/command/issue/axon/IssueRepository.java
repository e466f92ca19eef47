package dev.recount.command.issue.axon;

import static java.util.Objects.requireNonNullElse;

import dev.recount.eventstore.StreamFreshness;
import java.util.Map;
import java.util.Objects;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.LockAwareAggregate;
import org.jspecify.annotations.Nullable;

/**
 * Loads issues from the cache or else from the log, one command at a time on each.
 *
 * <p>Axon's caching repository puts an issue into its cache before the append, and takes it out again only on a
 * rollback; an {@link Error} during the append would leave events there that never happened. Here the cache is empty of
 * an issue while a command works on it. An answer that appends nothing is no witness that the state was the
 * newest, so what came from the cache is then compared with the log.
 */
final class IssueRepository extends EventSourcingRepository<IssueAggregate> {

    private final AggregateCache cache;
    private final StreamFreshness freshness;

    IssueRepository(Builder<IssueAggregate> builder, AggregateCache cache, StreamFreshness freshness) {
        super(builder);
        this.cache = cache;
        this.freshness = freshness;
    }

    /** As Axon's own, without its warning and stack trace for each client that asks for an issue that is not there. */
    @Override
    public LockAwareAggregate<IssueAggregate, EventSourcedAggregate<IssueAggregate>> load(
            String stream, @Nullable Long expectedSequence) {
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get();
        Map<String, LockAwareAggregate<IssueAggregate, EventSourcedAggregate<IssueAggregate>>> managed =
                managedAggregates(unitOfWork);
        LockAwareAggregate<IssueAggregate, EventSourcedAggregate<IssueAggregate>> issue = managed.get(stream);
        if (issue == null) {
            issue = doLoad(stream, expectedSequence);
            managed.put(stream, issue);
            unitOfWork.onRollback(rolledBack -> managed.remove(stream));
            prepareForCommit(issue);
        }
        validateOnLoad(issue, expectedSequence);
        return issue;
    }

    @Override
    protected EventSourcedAggregate<IssueAggregate> doLoadWithLock(String stream, @Nullable Long expectedSequence) {
        EventSourcedAggregate<IssueAggregate> cached = cache.take(stream);
        if (cached == null) {
            return super.doLoadWithLock(stream, expectedSequence);
        }
        Long sequence = cached.version();
        CurrentUnitOfWork.get().onPrepareCommit(answered -> {
            if (Objects.equals(sequence, cached.version())) {
                freshness.requireCurrent(stream, requireNonNullElse(sequence, -1L));
            }
        });
        return cached;
    }

    @Override
    protected void doSaveWithLock(EventSourcedAggregate<IssueAggregate> issue) {
        CurrentUnitOfWork.get().afterCommit(appended -> cache.put(issue.identifierAsString(), issue));
    }
}
