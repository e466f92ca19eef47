package dev.recount.eventstore.testing;

import dev.recount.eventstore.EventStoreConfiguration;
import dev.recount.eventstore.append.LogRestoration;
import dev.recount.eventstore.append.RestoredEvent;
import dev.recount.eventstore.read.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** One node's event store, wired as in production; several over one database stand for several processes. */
public record EventStoreNode(AnnotationConfigApplicationContext context) implements AutoCloseable {

    /** Starts a node; {@code configurations} are added to the event store's own. */
    public static EventStoreNode on(DataSource dataSource, Class<?>... configurations) {
        return start(new AnnotationConfigApplicationContext(), dataSource, configurations);
    }

    /** A node that has the patience with its database. */
    public static EventStoreNode patient(Duration patience, DataSource dataSource, Class<?>... configurations) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "patience", Map.of("recount.database.patience", patience.toMillis() + "ms")));
        return start(context, dataSource, configurations);
    }

    private static EventStoreNode start(
            AnnotationConfigApplicationContext context, DataSource dataSource, Class<?>... configurations) {
        context.registerBean(DataSource.class, () -> dataSource, definition -> definition.setDestroyMethodName(""));
        context.register(EventStoreConfiguration.class);
        if (configurations.length > 0) {
            context.register(configurations);
        }
        context.refresh();
        return new EventStoreNode(context);
    }

    public EventStore store() {
        return context.getBean(EventStore.class);
    }

    public EventLog log() {
        return context.getBean(EventLog.class);
    }

    /** Appends the events to one stream from a sequence on, all or nothing. */
    public void append(String stream, long fromSequence, Object... events) {
        store().publish(messages(stream, fromSequence, events));
    }

    /** Appends events just as they are given, in whatever revision. */
    public void restore(RestoredEvent... events) {
        context.getBean(LogRestoration.class).append(List.of(events));
    }

    /** The events as messages of one stream from a sequence on. */
    public static List<DomainEventMessage<?>> messages(String stream, long fromSequence, Object... events) {
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        String kind = stream.substring(0, stream.indexOf('-'));
        for (Object event : events) {
            messages.add(new GenericDomainEventMessage<>(
                    kind, stream, fromSequence + messages.size(), event, MetaData.emptyInstance()));
        }
        return messages;
    }

    @Override
    public void close() {
        context.close();
    }
}
