package dev.recount.verifier;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A JSON number as RFC 8785 writes it, except that integers keep all their digits, however large. */
final class CanonicalNumber {

    /** The number of digits above which ECMAScript (Number::toString) uses exponents. */
    private static final int MAX_INTEGER_DIGITS = 21;

    private static final int MAX_LEADING_ZEROS = -6;

    private CanonicalNumber() {}

    /** @throws MalformedLogException for a number outside the range of a double */
    static String of(String written) {
        if (isInteger(written)) {
            return written.equals("-0") ? "0" : written;
        }
        var value = Double.parseDouble(written);
        if (Double.isInfinite(value)) {
            throw new MalformedLogException("the number " + written + " is too large");
        }
        return value == 0 ? "0" : value < 0 ? "-" + positive(-value) : positive(value);
    }

    private static boolean isInteger(String written) {
        for (var i = 0; i < written.length(); i++) {
            var c = written.charAt(i);
            if (c == '.' || c == 'e' || c == 'E') {
                return false;
            }
        }
        return true;
    }

    /** ECMAScript's layout of the digits. */
    private static String positive(double value) {
        var shortest = shortest(value);
        var digits = shortest.unscaledValue().toString();
        var point = digits.length() - shortest.scale();
        if (digits.length() <= point && point <= MAX_INTEGER_DIGITS) {
            return digits + "0".repeat(point - digits.length());
        }
        if (0 < point && point <= MAX_INTEGER_DIGITS) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (MAX_LEADING_ZEROS < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        var exponent = (point > 0 ? "e+" : "e-") + Math.abs(point - 1);
        return digits.length() == 1 ? digits + exponent : digits.charAt(0) + "." + digits.substring(1) + exponent;
    }

    /** The fewest digits that identify the double. Java finds them since 19, but writes at least two. */
    private static BigDecimal shortest(double value) {
        var written = new BigDecimal(Double.toString(value));
        var single = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
        return (single.doubleValue() == value ? single : written).stripTrailingZeros();
    }
}
