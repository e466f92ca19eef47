package dev.recount.command.issue.axon;

import dev.recount.command.ids.IdSequence;
import dev.recount.command.issue.IssueCommand;
import dev.recount.command.issue.LabelDirectory;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.LogIdentity;
import dev.recount.eventstore.read.StreamFreshness;
import dev.recount.eventstore.read.StreamHistories;
import dev.recount.eventstore.serialization.StoredType;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IssueProperties.class)
class IssueShellConfiguration {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration LOCK_ATTEMPT = Duration.ofMillis(100);

    /**
     * Resolves targets by the sealed interface, because Axon's resolver would search for annotations at each command.
     */
    static final CommandTargetResolver TARGET = command -> new VersionedAggregateIdentifier(
            (Object) StreamName.issue(((IssueCommand) command.getPayload()).issueId()), null);

    @Bean
    CommandTargetResolver issueTarget() {
        return TARGET;
    }

    @Bean
    StoredType issueSnapshot() {
        return IssueSnapshots.SNAPSHOT;
    }

    @Bean(destroyMethod = "close")
    ExecutorService snapshotExecutor() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("recount-snapshots").daemon().factory());
    }

    @Bean
    Snapshotter issueSnapshotter(EventStore store, ExecutorService snapshotExecutor) {
        return new IssueSnapshotter(store, snapshotExecutor);
    }

    @Bean
    AggregateCache aggregateCache(IssueProperties properties, LogIdentity identity) {
        AggregateCache cache = new AggregateCache(properties.aggregateCacheWeight());
        identity.onChange(cache::clear);
        return cache;
    }

    @Bean
    IssueRepository issueRepository(
            EventStore store,
            AggregateCache cache,
            StreamFreshness freshness,
            StreamHistories histories,
            Snapshotter snapshotter,
            IssueProperties properties) {
        var snapshots = new EventCountSnapshotTriggerDefinition(snapshotter, properties.snapshotThreshold());
        // Serializes the commands on one issue; otherwise they would conflict on the sequence and retry.
        var lock = PessimisticLockFactory.builder()
                .lockAttemptTimeout((int) LOCK_ATTEMPT.toMillis())
                .acquireAttempts((int) LONGEST_WAIT.dividedBy(LOCK_ATTEMPT))
                .build();
        return new IssueRepository(
                EventSourcingRepository.builder(IssueAggregate.class)
                        .eventStore(store)
                        .lockFactory(lock)
                        .snapshotTriggerDefinition(snapshots),
                cache,
                freshness,
                histories);
    }

    @Bean
    LabelDirectory labelDirectory(StreamHistories histories) {
        return new LogLabelDirectory(histories);
    }

    @Bean
    LabelIssueHandler labelIssueHandler(
            IssueRepository issues, LabelDirectory labels, IdSequence labelIds, EventStore store) {
        return new LabelIssueHandler(issues, labels, labelIds, store);
    }

    @Bean
    UnknownIssueInterceptor unknownIssueInterceptor() {
        return new UnknownIssueInterceptor();
    }
}
