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
import java.util.stream.Stream;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
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

    /** One resolver over the sealed interface, where Axon would look for annotations at each command. */
    static final CommandTargetResolver TARGET = command -> new VersionedAggregateIdentifier(
            (Object) StreamName.issue(((IssueCommand) command.getPayload()).issueId()), null);

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
            ExecutorService snapshotExecutor,
            IssueProperties properties) {
        var snapshots = new EventCountSnapshotTriggerDefinition(
                new IssueSnapshotter(store, snapshotExecutor), properties.snapshotThreshold());
        // Commands on one issue queue up here; without it they would race for the sequence, and lose and try again.
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

    @Bean(destroyMethod = "cancel")
    Registration issueCommands(
            CommandBus bus, IssueRepository issues, LabelDirectory labels, IdSequence labelIds, EventStore store) {
        Registration interceptor = bus.registerHandlerInterceptor(new UnknownIssueInterceptor());
        Registration commands = AggregateAnnotationCommandHandler.<IssueAggregate>builder()
                .aggregateType(IssueAggregate.class)
                .repository(issues)
                .commandTargetResolver(TARGET)
                .build()
                .subscribe(bus);
        Registration labelling = new AnnotationCommandHandlerAdapter<>(
                        new LabelIssueHandler(issues, labels, labelIds, store))
                .subscribe(bus);
        return () -> Stream.of(interceptor, commands, labelling)
                .map(Registration::cancel)
                .reduce(true, Boolean::logicalAnd);
    }
}
