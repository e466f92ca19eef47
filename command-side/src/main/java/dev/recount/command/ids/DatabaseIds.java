package dev.recount.command.ids;

import java.util.function.IntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes ids from a database sequence. The sequence never returns an id twice, even after a crash. */
record DatabaseIds(JdbcClient jdbc, String sequence) implements IntFunction<long[]> {

    private static final String TAKE = "SELECT nextval(:sequence::regclass) FROM generate_series(1, :count)";

    @Override
    public long[] apply(int count) {
        return jdbc.sql(TAKE).param("sequence", sequence).param("count", count).query(Long.class).list().stream()
                .mapToLong(Long::longValue)
                .toArray();
    }
}
