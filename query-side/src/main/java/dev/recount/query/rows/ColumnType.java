package dev.recount.query.rows;

import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ByteConverter;

/**
 * The column type of a record component, and its encoding as an array element.
 *
 * <p>Numbers, booleans and texts use the driver's binary form. Types without one are sent as text, which keeps
 * microseconds and all digits.
 */
enum ColumnType {
    BIGINT("bigint", Long.class) {
        @Override
        byte[] binary(Object value) {
            return ByteBuffer.allocate(Long.BYTES).putLong((long) value).array();
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getObject(column, Long.class);
        }
    },
    INT("int", Integer.class) {
        @Override
        byte[] binary(Object value) {
            return ByteBuffer.allocate(Integer.BYTES).putInt((int) value).array();
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getObject(column, Integer.class);
        }
    },
    BOOLEAN("boolean", Boolean.class) {
        @Override
        byte[] binary(Object value) {
            return new byte[] {(byte) ((boolean) value ? 1 : 0)};
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getObject(column, Boolean.class);
        }
    },
    TEXT("text", String.class) {
        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getString(column);
        }
    },
    STATUS("text", String.class) {
        @Override
        Object element(Object value) {
            return ((IssueStatus) value).wireName();
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            var name = row.getString(column);
            return name == null ? null : IssueStatus.of(name);
        }
    },
    PRIORITY("text", String.class) {
        @Override
        Object element(Object value) {
            return ((IssuePriority) value).wireName();
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            var name = row.getString(column);
            return name == null ? null : IssuePriority.of(name);
        }
    },
    NUMERIC("numeric", String.class) {
        @Override
        byte[] binary(Object value) {
            return ByteConverter.numeric((BigDecimal) value);
        }

        @Override
        Object element(Object value) {
            return ((BigDecimal) value).toPlainString();
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getBigDecimal(column);
        }
    },
    TIMESTAMPTZ("timestamptz", String.class) {
        @Override
        byte[] binary(Object value) {
            return ByteBuffer.allocate(Long.BYTES)
                    .putLong(ChronoUnit.MICROS.between(EPOCH, (Instant) value))
                    .array();
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            var time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
    },
    DATE("date", String.class) {
        @Override
        byte[] binary(Object value) {
            var days = ChronoUnit.DAYS.between(EPOCH.atOffset(ZoneOffset.UTC).toLocalDate(), (LocalDate) value);
            return ByteBuffer.allocate(Integer.BYTES).putInt((int) days).array();
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getObject(column, LocalDate.class);
        }
    },
    JSONB("text", String.class) {
        @Override
        byte[] binary(Object value) {
            var text = ((JsonText) value).text().getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(1 + text.length)
                    .put(JSONB_VERSION)
                    .put(text)
                    .array();
        }

        @Override
        String cast() {
            return "::jsonb";
        }

        @Override
        Object element(Object value) {
            return ((JsonText) value).text();
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            var text = row.getString(column);
            return text == null ? null : new JsonText(text);
        }
    },
    /** Sent as literals, because nested arrays must all have the same number of elements. */
    TEXTS("text", String.class) {
        @Override
        byte[] binary(Object value) {
            var texts = ((List<?>) value)
                    .stream()
                            .map(text -> text.toString().getBytes(StandardCharsets.UTF_8))
                            .toList();
            var length =
                    texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
            var array = ByteBuffer.allocate(5 * Integer.BYTES + length)
                    .putInt(texts.isEmpty() ? 0 : 1) // dimensions
                    .putInt(0) // no nulls
                    .putInt(TEXT_OID);
            if (!texts.isEmpty()) {
                array.putInt(texts.size()).putInt(1); // counted from 1
                texts.forEach(text -> array.putInt(text.length).put(text));
            }
            return Arrays.copyOf(array.array(), array.position());
        }

        @Override
        String cast() {
            return "::text[]";
        }

        @Override
        Object element(Object value) {
            return ((List<?>) value)
                    .stream()
                            .map(text ->
                                    '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                            .collect(Collectors.joining(",", "{", "}"));
        }

        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            var array = row.getArray(column);
            return array == null ? null : List.of((String[]) array.getArray());
        }
    };

    /** The epoch of PostgreSQL's times. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private static final byte JSONB_VERSION = 1;
    private static final int TEXT_OID = 25;

    private static final Map<Class<?>, ColumnType> BY_CLASS = Map.ofEntries(
            Map.entry(long.class, BIGINT),
            Map.entry(Long.class, BIGINT),
            Map.entry(int.class, INT),
            Map.entry(Integer.class, INT),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(String.class, TEXT),
            Map.entry(IssueStatus.class, STATUS),
            Map.entry(IssuePriority.class, PRIORITY),
            Map.entry(BigDecimal.class, NUMERIC),
            Map.entry(Instant.class, TIMESTAMPTZ),
            Map.entry(LocalDate.class, DATE),
            Map.entry(JsonText.class, JSONB),
            Map.entry(List.class, TEXTS));

    private final String elementType;
    private final Class<?> elementClass;

    ColumnType(String elementType, Class<?> elementClass) {
        this.elementType = elementType;
        this.elementClass = elementClass;
    }

    /** @throws IllegalArgumentException if no column type holds the class */
    static ColumnType of(Class<?> type) {
        var known = BY_CLASS.get(type);
        if (known == null) {
            throw new IllegalArgumentException("no column holds a " + type.getName());
        }
        return known;
    }

    /** The cast that turns an array element into a value of the column. */
    String cast() {
        return "";
    }

    /** Converts a value to an element of its array. */
    Object element(Object value) {
        return elementClass == String.class ? value.toString() : value;
    }

    /** Encodes a value for COPY in its binary format, as PostgreSQL's own {@code send} functions do. */
    byte[] binary(Object value) {
        return element(value).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The value of a row's column, counted from 1. */
    abstract @Nullable Object read(ResultSet row, int column) throws SQLException;

    /** Creates an array of the values, any of which may be null. */
    Array array(Connection connection, List<? extends @Nullable Object> values) throws SQLException {
        var array = (@Nullable Object[]) java.lang.reflect.Array.newInstance(elementClass, values.size());
        Arrays.setAll(array, i -> {
            var value = values.get(i);
            return value == null ? null : element(value);
        });
        return connection.createArrayOf(elementType, array);
    }
}
