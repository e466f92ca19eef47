package dev.recount.query.rows;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.postgresql.PGConnection;

/** Inserts many new rows by COPY in its binary format, so that the server need not parse times and numbers. */
final class RowCopy {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int NO_FLAGS = 0;
    private static final int NO_EXTENSION = 0;
    private static final int NULL = -1;
    private static final int END = -1;

    private final String sql;
    private final List<RowColumn> columns;

    RowCopy(String table, List<RowColumn> columns) {
        this.sql = "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(table, RowColumn.list(columns, "%s", ", "));
        this.columns = columns;
    }

    void in(Connection connection, Collection<? extends Record> rows) throws SQLException {
        var bytes = encoded(rows);
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private byte[] encoded(Collection<? extends Record> rows) {
        var bytes = new ByteArrayOutputStream(SIGNATURE.length + rows.size() * columns.size() * 16);
        try (var out = new DataOutputStream(bytes)) {
            out.write(SIGNATURE);
            out.writeInt(NO_FLAGS);
            out.writeInt(NO_EXTENSION);
            for (var row : rows) {
                out.writeShort(columns.size());
                for (var column : columns) {
                    var value = column.valueIn(row);
                    if (value == null) {
                        out.writeInt(NULL);
                    } else {
                        var binary = column.type().binary(value);
                        out.writeInt(binary.length);
                        out.write(binary);
                    }
                }
            }
            out.writeShort(END);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }
}
