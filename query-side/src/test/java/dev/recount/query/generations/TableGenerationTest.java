package dev.recount.query.generations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.eventstore.scan.Migrations;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.rebuild.AllProjections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TableGenerationTest {

    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final TestDatabase database = TestDatabase.fresh();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void every_table_of_every_projection_is_the_same_after_a_swap() throws SQLException {
        Migrations.migrate(database.dataSource(), "event_store");
        Migrations.migrate(database.dataSource(), "query_side");
        var projections = AllProjections.list();
        assertThat(projections).hasSizeGreaterThanOrEqualTo(5);
        for (var projection : projections) {
            assertSameAfterSwap(projection.tables());
        }
    }

    @Test
    void whatever_a_table_can_have_is_the_same_after_a_swap() throws SQLException {
        sql.sql("CREATE ROLE reporting_%s".formatted(database.name())).update();
        sql.sql("""
            CREATE TABLE "odd ""one" (
                id bigint,
                "Key" text COLLATE "C" DEFAULT 'it''s' CONSTRAINT "key is short" CHECK (length("Key") < 9),
                moment timestamptz(3) NOT NULL DEFAULT now(),
                doubled bigint GENERATED ALWAYS AS (id * 2) STORED,
                long_text text COMPRESSION pglz,
                tags text[] NOT NULL,
                period int4range,
                CONSTRAINT odd_key PRIMARY KEY (id, "Key") INCLUDE (moment) WITH (fillfactor = 66),
                CONSTRAINT odd_moment UNIQUE NULLS NOT DISTINCT (moment) DEFERRABLE INITIALLY DEFERRED,
                CONSTRAINT odd_period EXCLUDE USING gist (period WITH &&)
            ) WITH (fillfactor = 42, autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_enabled = false);
            ALTER TABLE "odd ""one" ALTER COLUMN long_text SET STORAGE EXTERNAL;
            CREATE INDEX "odd index" ON "odd ""one" (lower("Key") text_pattern_ops, moment DESC NULLS LAST)
                INCLUDE (long_text) WITH (fillfactor = 77) WHERE "Key" <> 'x';
            CREATE UNIQUE INDEX odd_unique ON "odd ""one" (doubled);
            CREATE INDEX odd_tags ON "odd ""one" USING gin (tags);
            ALTER TABLE "odd ""one" CLUSTER ON odd_unique;
            COMMENT ON TABLE "odd ""one" IS 'The table''s';
            COMMENT ON COLUMN "odd ""one"."Key" IS 'The column''s';
            COMMENT ON INDEX "odd index" IS 'The index''s';
            COMMENT ON CONSTRAINT odd_key ON "odd ""one" IS 'The key''s';
            COMMENT ON CONSTRAINT "key is short" ON "odd ""one" IS 'The check''s';
            GRANT SELECT ON "odd ""one" TO reporting_%1$s WITH GRANT OPTION;
            GRANT UPDATE ("Key") ON "odd ""one" TO PUBLIC
            """.formatted(database.name())).update();
        assertSameAfterSwap(List.of("odd \"one"));
        sql.sql("DROP OWNED BY reporting_%1$s; DROP ROLE reporting_%1$s".formatted(database.name()))
                .update();
    }

    private void assertSameAfterSwap(List<String> tables) throws SQLException {
        var before = tables.stream().map(this::picture).toList();
        assertThat(before).allMatch(picture -> picture.size() > 2);
        var idsBefore = tables.stream().map(this::id).toList();
        var generation = generation(tables);
        try (var connection = database.dataSource().getConnection()) {
            generation.create(connection, GenerationSchemas.comment("test", 1));
            generation.finish(connection);
            swap(connection, generation);
            generation.drop(connection);
        }
        assertThat(tables.stream().map(this::picture).toList()).isEqualTo(before);
        assertThat(tables.stream().map(this::id).toList()).doesNotContainAnyElementsOf(idsBefore);
        assertThat(schemas()).isEmpty();
    }

    @Test
    void indexes_that_are_not_unique_come_after_the_load() throws SQLException {
        createNumbers();
        try (var connection = database.dataSource().getConnection()) {
            var generation = generation(List.of("number"));
            generation.create(connection, GenerationSchemas.comment("test", 1));
            assertThat(indexes(generation.schema())).containsExactly("number_pkey");
            generation.finish(connection);
            assertThat(indexes(generation.schema())).containsExactly("number_pkey", "number_text");
        }
    }

    @Test
    void prepared_statements_read_on_through_swaps() throws Exception {
        createNumbers();
        var stop = new AtomicBoolean();
        var reads = new AtomicLong();
        var reader = CompletableFuture.runAsync(() -> readNumbers(stop, reads));
        for (var round = 1; round <= 20; round++) {
            var generation = new TableGeneration(GenerationSchemas.name("test", round), "public", List.of("number"));
            try (var connection = database.dataSource().getConnection()) {
                generation.create(connection, GenerationSchemas.comment("test", round));
                sql.sql("INSERT INTO %s.number SELECT n, 'text' FROM generate_series(1, 100) n"
                                .formatted(generation.schema()))
                        .update();
                generation.finish(connection);
                awaitReads(reader, reads, 20);
                swap(connection, generation);
                awaitReads(reader, reads, 20);
                generation.drop(connection);
            }
        }
        stop.set(true);
        reader.get(10, TimeUnit.SECONDS);
    }

    /** On one connection, with a statement that the driver keeps prepared on the server from its fifth use on. */
    private void readNumbers(AtomicBoolean stop, AtomicLong reads) {
        try (var connection = database.dataSource().getConnection();
                var select = connection.prepareStatement("SELECT count(*) FROM number WHERE text = ?")) {
            while (!stop.get()) {
                select.setString(1, "text");
                try (var row = select.executeQuery()) {
                    row.next();
                    assertThat(row.getLong(1)).isEqualTo(100);
                }
                reads.incrementAndGet();
            }
        } catch (SQLException failed) {
            throw new AssertionError("a read failed after " + reads, failed);
        }
    }

    private static void awaitReads(CompletableFuture<Void> reader, AtomicLong reads, int more) {
        var enough = reads.get() + more;
        while (reads.get() < enough && !reader.isDone()) {
            Thread.onSpinWait();
        }
        if (reader.isDone()) {
            reader.join();
        }
    }

    @Test
    void a_swap_gives_way_to_a_long_read_and_works_after_it() throws SQLException {
        createNumbers();
        var generation = generation(List.of("number"));
        try (var swapping = database.dataSource().getConnection();
                var reading = database.dataSource().getConnection()) {
            generation.create(swapping, GenerationSchemas.comment("test", 1));
            reading.setAutoCommit(false);
            TableGeneration.execute(reading, "SELECT FROM number");
            var began = System.nanoTime();
            assertThatThrownBy(() -> swap(swapping, generation))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            late -> assertThat(TableGeneration.isTooLate(late)).isTrue());
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(PATIENCE, Duration.ofSeconds(2));
            assertThat(count("number")).isEqualTo(100);
            reading.commit();
            swap(swapping, generation);
            assertThat(count("number")).isZero();
            reading.commit();
            reading.setAutoCommit(true);
        }
    }

    @Test
    void keeping_vacuum_away_keeps_neither_readers_nor_writers_away() throws SQLException {
        createNumbers();
        var generation = generation(List.of("number"));
        try (var swapping = database.dataSource().getConnection()) {
            generation.create(swapping, GenerationSchemas.comment("test", 1));
            swapping.setAutoCommit(false);
            generation.keepVacuumAway(swapping);
            assertThat(count("number")).isEqualTo(100);
            sql.sql("INSERT INTO number VALUES (101, 'text')").update();
            swapping.rollback();
            swapping.setAutoCommit(true);
        }
    }

    @Test
    void tables_that_a_copy_would_not_do_justice_are_refused() throws SQLException {
        createNumbers();
        sql.sql("""
            CREATE VIEW small_number AS SELECT id FROM number WHERE id < 10;
            CREATE TABLE pair (number bigint REFERENCES number, ordinal bigserial);
            CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE TRIGGER does_nothing AFTER INSERT ON number EXECUTE FUNCTION nothing();
            CREATE STATISTICS number_statistics ON id, text FROM number;
            CREATE UNLOGGED TABLE forgotten (id bigint)
            """).update();
        try (var connection = database.dataSource().getConnection()) {
            var generation = generation(List.of("number", "pair", "forgotten", "missing"));
            assertThatThrownBy(() -> generation.create(connection, "never made"))
                    .isInstanceOf(TablesNotCopyableException.class)
                    .hasMessageContaining("number is read by small_number")
                    .hasMessageContaining("number takes part in the foreign key pair_number_fkey")
                    .hasMessageContaining("number has the trigger does_nothing")
                    .hasMessageContaining("number has the extended statistics number_statistics")
                    .hasMessageContaining("pair owns the sequence pair_ordinal_seq")
                    .hasMessageContaining("forgotten is no ordinary table")
                    .hasMessageContaining("missing does not exist");
        }
        assertThat(schemas()).isEmpty();
    }

    @Test
    void schemas_tell_whose_they_are_and_others_are_left_alone() throws SQLException {
        createNumbers();
        sql.sql("CREATE SCHEMA recount_mine_r7; CREATE SCHEMA recount_notes").update();
        try (var connection = database.dataSource().getConnection()) {
            new TableGeneration(GenerationSchemas.name("issue-list", 12), "public", List.of("number"))
                    .create(connection, GenerationSchemas.comment("issue-list", 12));
            assertThat(GenerationSchemas.find(connection))
                    .containsExactly(
                            new GenerationSchemas.Owned("recount_issue_list_r12", 12),
                            new GenerationSchemas.Owned("recount_issue_list_r12_old", 12));
            GenerationSchemas.drop(connection, "recount_issue_list_r12");
            GenerationSchemas.drop(connection, "recount_issue_list_r12_old");
        }
        assertThat(schemas()).containsExactly("recount_mine_r7", "recount_notes");
    }

    private void createNumbers() {
        sql.sql("""
            CREATE TABLE number (id bigint PRIMARY KEY, text text NOT NULL);
            CREATE INDEX number_text ON number (text);
            INSERT INTO number SELECT n, 'text' FROM generate_series(1, 100) n
            """).update();
    }

    private static TableGeneration generation(List<String> tables) {
        return new TableGeneration(GenerationSchemas.name("test", 1), "public", tables);
    }

    private static void swap(Connection connection, TableGeneration generation) throws SQLException {
        connection.setAutoCommit(false);
        try {
            generation.keepVacuumAway(connection);
            generation.swap(connection, PATIENCE);
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private List<String> picture(String table) {
        return CatalogPicture.of(sql, TableGeneration.qualified("public", table));
    }

    private long id(String table) {
        return sql.sql("SELECT to_regclass(?)::oid")
                .param(TableGeneration.qualified("public", table))
                .query(Long.class)
                .single();
    }

    private long count(String table) {
        return sql.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    private List<String> indexes(String schema) {
        return sql.sql("SELECT indexname FROM pg_indexes WHERE schemaname = ? ORDER BY indexname")
                .param(schema)
                .query(String.class)
                .list();
    }

    private List<String> schemas() {
        return sql.sql("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'recount%' ORDER BY nspname")
                .query(String.class)
                .list();
    }
}
