package dev.recount.query.projection;

import dev.recount.eventstore.testing.EventStoreNode;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One node's event store with some projections running over it, wired as in production but without HTTP. */
public record QueryNode(EventStoreNode log, JdbcClient sql) implements AutoCloseable {

    public static QueryNode on(DataSource dataSource, Class<?>... projections) {
        var configurations = Stream.concat(Stream.of(ProjectionConfiguration.class), Stream.of(projections))
                .toArray(Class<?>[]::new);
        return new QueryNode(EventStoreNode.on(dataSource, configurations), JdbcClient.create(dataSource));
    }

    public void append(String stream, long fromSequence, Object... events) {
        log.append(stream, fromSequence, events);
    }

    public ReadFence fence() {
        return log.context().getBean(ReadFence.class);
    }

    public ProjectionProcessors processors() {
        return log.context().getBean(ProjectionProcessors.class);
    }

    /** Empties the projection's tables, has it count again from the first event, and waits until it is through. */
    public void recount(String projection) {
        var processor = processors().of(projection);
        processor.recount();
        fence().await(projection);
    }

    ProjectionHealth health() {
        return log.context().getBean(ProjectionHealth.class);
    }

    @Override
    public void close() {
        log.close();
    }
}
