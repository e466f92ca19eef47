package dev.recount.eventstore.tree;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as ECMAScript writes them (ECMA-262, Number::toString), which is what RFC 8785 asks for. */
final class EcmaNumber {

    /** Above so many digits before the point, and below as many zeros behind it, an exponent is written. */
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
        // The number is 0.digits times ten to this.
        int exponent = digits.length() - shortest.scale();
        String sign = number < 0 ? "-" : "";
        return sign + format(digits, exponent);
    }

    /** The fewest digits that read back as the number. Java writes two where one would do. */
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
