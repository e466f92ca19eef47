package dev.recount.eventstore;

import dev.recount.eventstore.append.GroupCommitAppender;
import dev.recount.eventstore.append.LogRestoration;
import dev.recount.eventstore.append.LogWriter;
import dev.recount.eventstore.axon.GroupCommitStorageEngine;
import dev.recount.eventstore.axon.LogEventStore;
import dev.recount.eventstore.axon.SnapshotVerification;
import dev.recount.eventstore.database.DatabaseProperties;
import dev.recount.eventstore.database.PoolSettings;
import dev.recount.eventstore.database.StalledSessions;
import dev.recount.eventstore.read.BlockTimes;
import dev.recount.eventstore.read.CurrentForms;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.LogIdentity;
import dev.recount.eventstore.read.LogListener;
import dev.recount.eventstore.read.LogReader;
import dev.recount.eventstore.read.LogSignal;
import dev.recount.eventstore.read.LogTree;
import dev.recount.eventstore.read.RecentEvents;
import dev.recount.eventstore.read.RecordedEvents;
import dev.recount.eventstore.read.SnapshotStore;
import dev.recount.eventstore.read.StreamFreshness;
import dev.recount.eventstore.read.StreamHistories;
import dev.recount.eventstore.scan.LogScan;
import dev.recount.eventstore.scan.Migrations;
import dev.recount.eventstore.serialization.EventUpcasters;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.serialization.StoredType;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** Entry point of the module: given a {@link DataSource}, it migrates the log's tables and provides the event store. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
public class EventStoreConfiguration {

    /** PostgreSQL's resolution. A finer time would read back changed. */
    private static final Duration MICROSECOND = Duration.ofNanos(1_000);

    /** Marks that the log's tables exist. Every bean that uses them depends on it. */
    record EventLogSchema(DataSource dataSource) {}

    /** Binds its properties itself: bean post-processors are created before the beans they would be given. */
    @Bean
    static PoolSettings poolSettings(Environment environment) {
        return new PoolSettings(
                Binder.get(environment).bindOrCreate("recount.database", Bindable.of(DatabaseProperties.class)));
    }

    @Bean
    EventLogSchema eventLogSchema(DataSource dataSource) {
        Migrations.migrate(dataSource, "event_store");
        GenericEventMessage.clock = Clock.tick(Clock.systemUTC(), MICROSECOND);
        return new EventLogSchema(dataSource);
    }

    /** Named so that Axon takes it for everything, not for events alone. */
    @Bean
    @Primary
    RecountSerializer recountSerializer(ObjectProvider<StoredType> besidesEvents) {
        return new RecountSerializer(besidesEvents.orderedStream().toList());
    }

    @Bean
    EventUpcasterChain eventUpcasters(ObjectProvider<SingleEventUpcaster> further) {
        return EventUpcasters.chainWith(further.orderedStream().toList());
    }

    @Bean
    LogIdentity logIdentity(EventLogSchema schema) {
        return new LogIdentity(schema.dataSource());
    }

    @Bean
    LogSignal logSignal(LogIdentity identity) {
        LogSignal signal = new LogSignal();
        identity.onChange(() -> signal.restartAt(0));
        return signal;
    }

    @Bean
    RecentEvents recentEvents(LogIdentity identity) {
        RecentEvents recent = new RecentEvents();
        identity.onChange(recent::clear);
        return recent;
    }

    @Bean
    LogReader logReader(EventLogSchema schema) {
        return new LogReader(schema.dataSource());
    }

    @Bean
    EventLog eventLog(
            LogReader reader, RecentEvents recent, RecountSerializer serializer, EventUpcasterChain upcasters) {
        return new EventLog(reader, recent, serializer, upcasters);
    }

    @Bean
    LogScan logScan(EventLog log, RecountSerializer serializer) {
        return new LogScan(log, serializer);
    }

    @Bean
    RecordedEvents recordedEvents(
            EventLogSchema schema, LogReader reader, RecountSerializer serializer, EventUpcasterChain upcasters) {
        return new RecordedEvents(
                reader, new BlockTimes(schema.dataSource()), new CurrentForms(serializer, upcasters), serializer);
    }

    @Bean(destroyMethod = "close")
    LogListener logListener(EventLogSchema schema, LogIdentity identity, LogSignal signal) {
        return new LogListener(schema.dataSource(), identity, signal);
    }

    @Bean(destroyMethod = "close")
    StalledSessions stalledSessions(EventLogSchema schema) {
        return new StalledSessions(schema.dataSource());
    }

    @Bean(destroyMethod = "close")
    GroupCommitAppender groupCommitAppender(
            EventLogSchema schema,
            DatabaseProperties properties,
            RecentEvents recent,
            LogSignal signal,
            LogIdentity identity) {
        LogWriter writer = new LogWriter(schema.dataSource());
        identity.onChange(writer::startAnew);
        return new GroupCommitAppender(writer, properties.patience(), (append, before) -> {
            identity.witness(before + append.size(), append.leaves().getLast());
            for (int event = 0; event < append.messages().size(); event++) {
                long position = before + event + 1;
                recent.add(
                        position,
                        append.messages().get(event),
                        append.events().get(event).payload().length());
            }
            signal.advanceTo(before + append.size());
        });
    }

    @Bean
    LogRestoration logRestoration(GroupCommitAppender appender) {
        return new LogRestoration(appender);
    }

    @Bean
    LogTree logTree(EventLogSchema schema, LogReader reader) {
        return new LogTree(schema.dataSource(), reader);
    }

    @Bean
    EventStore eventStore(
            EventLogSchema schema,
            GroupCommitAppender appender,
            EventLog log,
            RecountSerializer serializer,
            LogSignal signal) {
        SnapshotStore snapshots = new SnapshotStore(schema.dataSource(), serializer);
        return new LogEventStore(new GroupCommitStorageEngine(appender, log, snapshots, serializer), log, signal);
    }

    @Bean
    SnapshotVerification snapshotVerification(EventLogSchema schema, EventLog log, RecountSerializer serializer) {
        return new SnapshotVerification(schema.dataSource(), log, serializer);
    }

    @Bean
    StreamFreshness streamFreshness(LogReader reader) {
        return new StreamFreshness(reader);
    }

    @Bean
    StreamHistories streamHistories(LogReader reader, EventLog log, RecountSerializer serializer) {
        return new StreamHistories(reader, log, serializer);
    }
}
