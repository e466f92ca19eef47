package dev.recount.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.daemon.QueryNode;
import dev.recount.query.deadletters.DeadLetter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Given events, then rows, for one projection on a database of its own.
 *
 * <p>After each case the events are applied once more, their beginning first, and the projection is rebuilt twice: its rows
 * must stay as they are. A case whose events are refused is not rebuilt, since a rebuild would refuse them, too.
 */
public final class ProjectionSpec implements BeforeEachCallback, AfterEachCallback {

    /** In events; fewer than most histories have, so that the rows are ahead of what is applied again. */
    private static final int BEGINNING = 100;

    private final String name;
    private final Class<?>[] beans;
    private TestDatabase database;
    private QueryNode node;

    private ProjectionSpec(String name, Class<?>... beans) {
        this.name = name;
        this.beans = beans;
    }

    /** @param beans the projection's class first, then those of others that it needs beside it */
    public static ProjectionSpec of(String name, Class<?>... beans) {
        return new ProjectionSpec(name, beans);
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        database = TestDatabase.fresh();
        node = QueryNode.on(database.dataSource(), beans);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        try (var _ = database;
                var _ = node) {
            if (test.getExecutionException().isEmpty()) {
                staysAsItIs();
            }
        }
    }

    private void staysAsItIs() {
        await();
        if (!node.deadLetters().list(name, 0, 1).isEmpty()) {
            return;
        }
        var live = rows();
        node.applyAgain(name, BEGINNING);
        assertThat(rows())
                .as("rows after the first %d events were applied again", BEGINNING)
                .isEqualTo(live);
        node.applyAgain(name);
        assertThat(rows()).as("rows after all events were applied again").isEqualTo(live);
        node.recount(name);
        assertThat(rows()).as("rows after a rebuild").isEqualTo(live);
        node.recount(name);
        assertThat(rows()).as("rows after a second rebuild").isEqualTo(live);
    }

    /** Appends events to a stream, in one append, at the time of the test. */
    public ProjectionSpec given(String stream, long fromSequence, Object... events) {
        node.append(stream, fromSequence, events);
        return this;
    }

    /** Appends events to a stream, in one append, as recorded at a time. */
    public ProjectionSpec given(Instant at, String stream, long fromSequence, Object... events) {
        node.log().store().publish(Events.of(at, stream, fromSequence, events));
        return this;
    }

    /** The first column of a query over the projection's tables, as text, once all given events are applied. */
    public List<String> then(String select) {
        await();
        return sql().sql(select).query(String.class).list();
    }

    /** The rows of each table of the projection as text, once all given events are applied. */
    public Map<String, List<String>> rows() {
        await();
        return node.rows(name);
    }

    /** Why the given events were refused, in the order of the log. */
    public Stream<String> refusals() {
        await();
        return node.deadLetters().list(name, 0, 100).stream().map(DeadLetter::cause);
    }

    public ProjectionSpec await() {
        node.barrier().await(name);
        return this;
    }

    public QueryNode node() {
        return node;
    }

    public TestDatabase database() {
        return database;
    }

    public JdbcClient sql() {
        return node.sql();
    }
}
