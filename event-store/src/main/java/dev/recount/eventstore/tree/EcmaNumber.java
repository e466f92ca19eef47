package dev.recount.eventstore.tree;

import java.math.BigDecimal;
import java.math.MathContext;

/** Formats numbers like ECMAScript (ECMA-262, Number::toString), as RFC 8785 requires. */
final class EcmaNumber {

    /**
     * A number with more digits before the point, or with {@link #MOST_ZEROS} zeros after it, is written with an
     * exponent.
     */
    private static final int MOST_DIGITS = 21;

    private static final int MOST_ZEROS = 6;

    private EcmaNumber() {}

    static String format(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("A number is beyond what a double can hold");
        }
        if (number == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(number));
        String digits = shortest.unscaledValue().toString();
        // The number is 0.digits times ten to this power.
        int exponent = digits.length() - shortest.scale();
        String sign = number < 0 ? "-" : "";
        return sign + format(digits, exponent);
    }

    /** The fewest digits that read back as the number. Java may write two where one is enough. */
    private static BigDecimal shortest(double number) {
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        BigDecimal oneDigit = shortest.round(new MathContext(1)).stripTrailingZeros();
        return oneDigit.doubleValue() == number ? oneDigit : shortest;
    }

    private static String format(String digits, int exponent) {
        int length = digits.length();
        if (length <= exponent && exponent <= MOST_DIGITS) {
            return digits + "0".repeat(exponent - length);
        }
        if (0 < exponent && exponent <= MOST_DIGITS) {
            return digits.substring(0, exponent) + "." + digits.substring(exponent);
        }
        if (-MOST_ZEROS < exponent && exponent <= 0) {
            return "0." + "0".repeat(-exponent) + digits;
        }
        String fraction = length == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + "e" + (exponent > 0 ? "+" : "") + (exponent - 1);
    }
}
