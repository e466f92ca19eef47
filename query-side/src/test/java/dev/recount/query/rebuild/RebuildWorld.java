package dev.recount.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.scan.LogScan;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.RandomTracker;
import dev.recount.query.daemon.QueryNode;
import dev.recount.query.projection.Projection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A database with a node that runs all projections live, a tracker that writes, and a process that rebuilds. */
final class RebuildWorld implements AutoCloseable {

    private final TestDatabase database = TestDatabase.fresh();
    private final QueryNode node;
    private final RandomTracker tracker;
    private final Rebuilds rebuilds;
    private final List<Projection> projections;

    /** @param more projections, as beans, besides those of production */
    RebuildWorld(long seed, Class<?>... more) {
        var all = AllProjections.list().stream().map(Object::getClass);
        node = QueryNode.on(
                database.dataSource(), Stream.concat(all, Stream.of(more)).toArray(Class<?>[]::new));
        tracker = new RandomTracker(seed, node.log().store()::publish);
        projections = List.copyOf(
                node.log().context().getBeansOfType(Projection.class).values());
        rebuilds = rebuilds("this node");
    }

    /** Further rebuilds, as from another process. */
    Rebuilds rebuilds(String name, Projection... instead) {
        var known = new TreeMap<String, Projection>();
        projections.forEach(projection -> known.put(projection.name(), projection));
        Stream.of(instead).forEach(projection -> known.put(projection.name(), projection));
        return new Rebuilds(database.dataSource(), node.log().context().getBean(LogScan.class), known.values(), name);
    }

    TestDatabase database() {
        return database;
    }

    QueryNode node() {
        return node;
    }

    RandomTracker tracker() {
        return tracker;
    }

    Rebuilds rebuilds() {
        return rebuilds;
    }

    List<String> names() {
        return projections.stream().map(Projection::name).sorted().toList();
    }

    List<String> tables() {
        return projections.stream()
                .flatMap(projection -> projection.tables().stream())
                .sorted()
                .toList();
    }

    static long started(StartOutcome outcome) {
        assertThat(outcome).isInstanceOf(StartOutcome.Started.class);
        return ((StartOutcome.Started) outcome).id();
    }

    static RebuildState end(StartOutcome outcome) throws Exception {
        assertThat(outcome).isInstanceOf(StartOutcome.Started.class);
        return ((StartOutcome.Started) outcome).end().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    RebuildState rebuilt(Collection<String> names) throws Exception {
        var state = end(rebuilds.rebuild(names));
        assertThat(state.failure()).isNull();
        assertThat(state.phase()).isEqualTo(RebuildPhase.DONE);
        return state;
    }

    void await() {
        names().forEach(name -> node.barrier().await(name));
    }

    /** One hash for all rows of each table. */
    Map<String, String> hashes() {
        var hashes = new TreeMap<String, String>();
        for (var table : tables()) {
            hashes.put(
                    table,
                    node.sql()
                            .sql("SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY"
                                    + " t::text)), '')"
                                    + " FROM %s t".formatted(table))
                            .query(String.class)
                            .single());
        }
        return hashes;
    }

    Map<String, Integer> generations() {
        var generations = new TreeMap<String, Integer>();
        node.sql().sql("SELECT name, generation FROM projection").query(row -> {
            generations.put(row.getString(1), row.getInt(2));
        });
        return generations;
    }

    List<String> debris() {
        return node.sql()
                .sql("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'recount%'")
                .query(String.class)
                .list();
    }

    long head() {
        return node.log().log().head();
    }

    void sweep() {
        try {
            rebuilds.sweep();
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void close() {
        rebuilds.close();
        node.close();
        database.close();
    }
}
