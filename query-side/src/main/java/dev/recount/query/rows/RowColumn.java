package dev.recount.query.rows;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A column of a table for a record component, with the same name in snake case. */
record RowColumn(String name, ColumnType type, MethodHandle accessor) {

    /** The columns of a table whose rows are these records, in component order. */
    static List<RowColumn> of(Class<? extends Record> rows) {
        return Stream.of(rows.getRecordComponents()).map(RowColumn::of).toList();
    }

    private static RowColumn of(RecordComponent component) {
        try {
            var method = component.getAccessor();
            // The records are private to their projections.
            method.setAccessible(true);
            var accessor =
                    MethodHandles.lookup().unreflect(method).asType(MethodType.methodType(Object.class, Object.class));
            return new RowColumn(snakeCase(component.getName()), ColumnType.of(component.getType()), accessor);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
        }
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    @Nullable
    Object valueIn(Object row) {
        try {
            return accessor.invokeExact(row);
        } catch (Throwable thrown) {
            throw new IllegalStateException("cannot read " + name, thrown);
        }
    }

    /** A SQL list of the columns, each name formatted with the pattern. */
    static String list(List<RowColumn> columns, String pattern, String separator) {
        return columns.stream().map(column -> pattern.formatted(column.name())).collect(Collectors.joining(separator));
    }
}
