package dev.recount.eventstore.scan;

import dev.recount.eventstore.serialization.UnreadableEventException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads stretches of the log by PostgreSQL's binary COPY. It streams row by row, so that memory use does not grow with
 * the stretch.
 */
final class LogCopy {

    private static final String COPY = "COPY (\n    SELECT " + CopiedRow.COLUMNS + """

            FROM event_log
            WHERE position > %d AND position <= %d
            ORDER BY position
        ) TO STDOUT (FORMAT binary)
        """;

    private LogCopy() {}

    /**
     * Passes the rows after one position and up to another to {@code reader}, in order.
     *
     * @throws UnreadableEventException if a row is missing; the rows before it have been passed on
     */
    static void read(Connection connection, long after, long upTo, Consumer<CopiedRow> reader) throws SQLException {
        long[] last = {after};
        rows(connection, COPY.formatted(after, upTo), row -> {
            requireNext(last[0], row.position());
            last[0] = row.position();
            reader.accept(row);
        });
        requireNext(last[0], upTo + 1);
    }

    /** @param sql is a COPY of {@link CopiedRow#COLUMNS} from the log */
    static void rows(Connection connection, String sql, Consumer<CopiedRow> reader) throws SQLException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        try {
            boolean begun = false;
            for (byte[] sent = copy.readFromCopy(); sent != null; sent = copy.readFromCopy()) {
                ByteBuffer buffer = ByteBuffer.wrap(sent);
                if (!begun) {
                    CopiedRow.skipHeader(buffer);
                    begun = true;
                }
                while (CopiedRow.follows(buffer)) {
                    reader.accept(CopiedRow.read(buffer));
                }
            }
        } finally {
            // Read to the end instead of cancelling: the driver would take the remaining data for the next response.
            while (copy.isActive()) {
                copy.readFromCopy();
            }
        }
    }

    private static void requireNext(long last, long position) {
        if (position != last + 1) {
            throw new UnreadableEventException(last + 1, "it is missing, up to position " + (position - 1), null);
        }
    }
}
