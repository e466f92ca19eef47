package dev.recount.query.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Consumer;

/** Figures of a list of durations in microseconds, shortest first, taken from the whole list. */
final class ExactTimes {

    private static final BigDecimal A_MILLION = BigDecimal.valueOf(1_000_000);

    private ExactTimes() {}

    /** Null for an empty list. */
    static String averageSeconds(List<Long> micros) {
        if (micros.isEmpty()) {
            return null;
        }
        var sum = micros.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        return new BigDecimal(sum)
                .divide(BigDecimal.valueOf(micros.size()).multiply(A_MILLION), 6, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** Demands a value within 1 % of the percentile by the nearest rank, and no value for an empty list. */
    static Consumer<BigDecimal> percentile(List<Long> micros, int percent) {
        return seconds -> {
            if (micros.isEmpty()) {
                assertThat(seconds).isNull();
            } else {
                var rank = (int) Math.ceil(micros.size() * percent / 100.0);
                var exact = micros.get(rank - 1);
                assertThat(seconds.multiply(A_MILLION).subtract(BigDecimal.valueOf(exact)))
                        .as("p%d is %s s of %d µs", percent, seconds, exact)
                        .isBetween(BigDecimal.valueOf(-exact / 100), BigDecimal.valueOf(exact / 100));
            }
        };
    }
}
