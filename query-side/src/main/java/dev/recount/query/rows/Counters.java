package dev.recount.query.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The differences that a batch makes to the counters of {@link CounterTable}s. Differences that cancel out are not
 * written.
 */
public final class Counters {

    private final Map<CounterTable<?>, Sums> sums;
    private final int sign;

    public Counters() {
        this(new LinkedHashMap<>(), 1);
    }

    private Counters(Map<CounterTable<?>, Sums> sums, int sign) {
        this.sums = sums;
        this.sign = sign;
    }

    /** The sums of one table. */
    private static final class Sums {
        private final Map<Record, long[]> byKey = new HashMap<>();
        /** Sums that would have overflowed a long with the next amount; the database adds them without a bound. */
        private final List<CounterTable.Difference> full = new ArrayList<>();

        void add(Record key, long[] amounts) {
            var sum = byKey.putIfAbsent(key, amounts);
            if (sum != null) {
                for (var i = 0; i < sum.length; i++) {
                    if (overflows(sum[i], amounts[i])) {
                        full.add(new CounterTable.Difference(key, sum.clone()));
                        Arrays.fill(sum, 0);
                    }
                    sum[i] += amounts[i];
                }
            }
        }

        private static boolean overflows(long a, long b) {
            return ((a ^ (a + b)) & (b ^ (a + b))) < 0;
        }

        List<CounterTable.Difference> differences() {
            var differences = new ArrayList<>(full);
            byKey.forEach((key, sum) -> {
                if (Arrays.stream(sum).anyMatch(amount -> amount != 0)) {
                    differences.add(new CounterTable.Difference(key, sum));
                }
            });
            return differences;
        }
    }

    /** A view of the same differences that subtracts what is added to it. */
    public Counters deducted() {
        return new Counters(sums, -sign);
    }

    /** @param amounts one per counter of the table, in its order */
    public <K extends Record> void add(CounterTable<K> table, K key, long... amounts) {
        if (amounts.length != table.counters()) {
            throw new IllegalArgumentException(
                    "%s has %d counters, not %d".formatted(table.name(), table.counters(), amounts.length));
        }
        sums.computeIfAbsent(table, _ -> new Sums()).add(key, signed(amounts));
    }

    private long[] signed(long[] amounts) {
        return Arrays.stream(amounts).map(amount -> sign * amount).toArray();
    }

    /** Writes the differences in the open transaction of the connection. */
    public void write(Connection connection) throws SQLException {
        for (var table : sums.entrySet()) {
            table.getKey().add(connection, table.getValue().differences());
        }
    }
}
