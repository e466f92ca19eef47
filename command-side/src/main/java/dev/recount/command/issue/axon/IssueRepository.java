package dev.recount.command.issue.axon;

import static java.util.Objects.requireNonNullElse;

import dev.recount.eventstore.read.StreamFreshness;
import dev.recount.eventstore.read.StreamHistories;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.LockAwareAggregate;
import org.jspecify.annotations.Nullable;

/**
 * Loads issues from the cache or else from the log, one command at a time on each.
 *
 * <p>Axon's caching repository puts an issue into its cache before the append, and removes it only on a rollback. An
 * {@link Error} during the append would leave events there that never happened. Here a command removes its issue from
 * the cache while it runs. An outcome that appends nothing does not prove that the state was current. So a state from
 * the cache is then compared with the log.
 *
 * <p>{@link #readAhead} reads after the command arrived, so its states count as current. A refusal was right at that
 * moment, and an append fails if another event was written since.
 */
public final class IssueRepository extends EventSourcingRepository<IssueAggregate> {

    private static final String READ_AHEAD = IssueRepository.class.getName() + ".readAhead";
    private static final String FROM_CACHE = IssueRepository.class.getName() + ".fromCache";
    private static final long NO_EVENT = -1;

    private final AggregateCache cache;
    private final StreamFreshness freshness;
    private final StreamHistories histories;

    IssueRepository(
            Builder<IssueAggregate> builder,
            AggregateCache cache,
            StreamFreshness freshness,
            StreamHistories histories) {
        super(builder);
        this.cache = cache;
        this.freshness = freshness;
        this.histories = histories;
    }

    /** Reads all streams that are not cached in one go, for the loads that follow in this unit of work. */
    public void readAhead(Collection<String> streams) {
        List<String> missing =
                streams.stream().filter(stream -> !cache.holds(stream)).toList();
        if (missing.size() > 1) {
            CurrentUnitOfWork.get().resources().put(READ_AHEAD, histories.read(missing));
        }
    }

    /** Does the same as Axon's own, without its warning and stack trace for each request for an unknown issue. */
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
        fromCache(CurrentUnitOfWork.get()).add(new FromCache(cached, sequenceOf(cached)));
        return cached;
    }

    @Override
    protected DomainEventStream readEvents(String stream) {
        Map<String, List<DomainEventMessage<?>>> readAhead =
                CurrentUnitOfWork.get().getOrDefaultResource(READ_AHEAD, Map.of());
        List<DomainEventMessage<?>> history = readAhead.get(stream);
        return history == null ? super.readEvents(stream) : DomainEventStream.of(history);
    }

    /** An issue from the cache, and the sequence of its last event then. */
    private record FromCache(EventSourcedAggregate<IssueAggregate> issue, long sequence) {}

    private List<FromCache> fromCache(UnitOfWork<?> unitOfWork) {
        return unitOfWork.getOrComputeResource(FROM_CACHE, first -> {
            List<FromCache> taken = new ArrayList<>();
            unitOfWork.onPrepareCommit(answered -> requireCurrent(taken));
            return taken;
        });
    }

    private void requireCurrent(List<FromCache> taken) {
        Map<String, Long> unchanged = taken.stream()
                .filter(entry -> entry.sequence() == sequenceOf(entry.issue()))
                .collect(Collectors.toMap(entry -> entry.issue().identifierAsString(), FromCache::sequence));
        if (!unchanged.isEmpty()) {
            freshness.requireCurrent(unchanged);
        }
    }

    private static long sequenceOf(EventSourcedAggregate<IssueAggregate> issue) {
        return requireNonNullElse(issue.version(), NO_EVENT);
    }

    @Override
    protected void doSaveWithLock(EventSourcedAggregate<IssueAggregate> issue) {
        CurrentUnitOfWork.get().afterCommit(appended -> cache.put(issue.identifierAsString(), issue));
    }
}
