package dev.recount.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The issued checkpoints and the keys that signed them. */
final class Checkpoints {

    private static final String COLUMNS = "number, size, root_hash, note, issued_at";

    private static final String KEEP = """
        INSERT INTO checkpoint (size, root_hash, note, issued_at)
        VALUES (:size, :root, :note, now())
        ON CONFLICT (size, note) DO NOTHING
        """;

    private static final String KEEP_KEY = """
        INSERT INTO checkpoint_key (vkey, first_used_at)
        VALUES (:vkey, now())
        ON CONFLICT (vkey) DO NOTHING
        """;

    private static final String LARGEST = "SELECT " + COLUMNS + """

        FROM checkpoint
        ORDER BY size DESC, number DESC
        LIMIT 1
        """;

    private static final String AFTER = "SELECT " + COLUMNS + """

        FROM checkpoint
        WHERE number > :after
        ORDER BY number
        LIMIT :limit
        """;

    private final JdbcClient database;

    Checkpoints(JdbcClient database) {
        this.database = database;
    }

    /** Stores a checkpoint unless it is stored already. */
    void keep(long size, byte[] root, String note) {
        database.sql(KEEP)
                .param("size", size)
                .param("root", root)
                .param("note", note)
                .update();
    }

    void keepKey(VerifierKey key) {
        database.sql(KEEP_KEY).param("vkey", key.text()).update();
    }

    /** The checkpoint that covers the most events. */
    Optional<Checkpoint> largest() {
        return database.sql(LARGEST).query((row, _) -> checkpoint(row)).optional();
    }

    /** In the order of issue. */
    List<Checkpoint> after(long number, int limit) {
        return database.sql(AFTER)
                .param("after", number)
                .param("limit", limit)
                .query((row, _) -> checkpoint(row))
                .list();
    }

    long count() {
        return database.sql("SELECT count(*) FROM checkpoint").query(Long.class).single();
    }

    /** All keys ever used, the newest first. */
    List<UsedKey> keys() {
        return database.sql("SELECT vkey, first_used_at FROM checkpoint_key ORDER BY first_used_at DESC, vkey")
                .query((row, _) -> new UsedKey(
                        row.getString("vkey"),
                        row.getObject("first_used_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static Checkpoint checkpoint(ResultSet row) throws SQLException {
        return new Checkpoint(
                row.getLong("number"),
                row.getLong("size"),
                row.getBytes("root_hash"),
                row.getString("note"),
                row.getObject("issued_at", OffsetDateTime.class).toInstant());
    }
}
