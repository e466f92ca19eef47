package dev.recount.benchmarks;

import dev.recount.benchmarks.Figure.Mark;
import dev.recount.benchmarks.history.History;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Measures the disk space of an event in the log, with its indexes, beside its JSON. */
final class DiskGroup {

    private static final long SEED = 10;
    private static final long EVENTS = 200_000;

    private DiskGroup() {}

    static List<Figure> run(Path directory, Options options) throws Exception {
        try (LogOnly log = LogOnly.in(directory)) {
            log.fill(History.ofLives(SEED, EVENTS));
            JdbcClient sql = JdbcClient.create(log.database());
            Rounds rounds = new Rounds("disk", () -> {});
            String json = "JSON of payload and metadata, per event";
            String whole = "JSON of the event as GET /events tells it, per event";
            String disk = "log and its indexes on disk, per event";
            rounds.add(json, "bytes", "", Mark.NONE, _ -> number(sql, """
                SELECT avg(octet_length(payload::text) + octet_length(metadata::text))
                FROM event_log
                """));
            rounds.add(whole, "bytes", "", Mark.NONE, _ -> number(sql, """
                SELECT avg(octet_length(json_build_object(
                    'position', position, 'stream', stream, 'sequence', sequence, 'id', event_id, 'type', type,
                    'revision', revision, 'payload', payload, 'metadata', metadata, 'recorded_at', recorded_at)::text))
                FROM event_log
                """));
            rounds.add(disk, "bytes", json, Mark.ratioAtMost(2.5, Double.NaN), _ -> size(sql));
            return rounds.run(options);
        }
    }

    private static double size(JdbcClient sql) {
        return number(sql, "SELECT pg_total_relation_size('event_log')::numeric / count(*) FROM event_log");
    }

    private static double number(JdbcClient sql, String query) {
        return sql.sql(query).query(Double.class).single();
    }
}
