package dev.recount.query.projection;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Writes many new rows by COPY in its text format, which takes half the time of an INSERT. */
final class RowCopy {

    private final String sql;
    private final List<RowColumn> columns;

    RowCopy(String table, List<RowColumn> columns) {
        this.sql = "COPY %s (%s) FROM STDIN".formatted(table, RowColumn.list(columns, "%s", ", "));
        this.columns = columns;
    }

    void in(Connection connection, Collection<? extends Record> rows) throws SQLException {
        var text = new StringBuilder(rows.size() * columns.size() * 16);
        for (var row : rows) {
            var separator = "";
            for (var column : columns) {
                text.append(separator);
                append(text, column, column.valueIn(row));
                separator = "\t";
            }
            text.append('\n');
        }
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new StringReader(text.toString()));
        } catch (IOException broken) {
            throw new SQLException("COPY broke off", broken);
        }
    }

    private static void append(StringBuilder text, RowColumn column, @Nullable Object value) {
        if (value == null) {
            text.append("\\N");
            return;
        }
        var cell = column.type().element(value).toString();
        for (var i = 0; i < cell.length(); i++) {
            var c = cell.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }
}
