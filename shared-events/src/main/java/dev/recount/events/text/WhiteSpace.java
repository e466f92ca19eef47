package dev.recount.events.text;

/**
 * White space as defined by Unicode's property White_Space (PropList.txt), and blank texts.
 *
 * <p>Java's own definitions differ: {@link Character#isWhitespace} includes U+001C, but not the no-break spaces and
 * U+0085. {@link Character#isSpaceChar} does not include the tab.
 */
public final class WhiteSpace {

    /** White_Space beyond ASCII, except the spaces from U+2000 to U+200A. */
    private static final String BEYOND_ASCII = "\u0085\u00A0\u1680\u2028\u2029\u202F\u205F\u3000";

    /** Single characters that fonts render as nothing. */
    private static final String UNDRAWN = "\u034F\u115F\u1160\u17B4\u17B5\u2065\u2800\u3164\uFFA0";

    /** A bit for each general category whose characters are invisible. */
    private static final int INVISIBLE_TYPES = 1 << Character.CONTROL
            | 1 << Character.FORMAT
            | 1 << Character.SPACE_SEPARATOR
            | 1 << Character.LINE_SEPARATOR
            | 1 << Character.PARAGRAPH_SEPARATOR;

    private WhiteSpace() {}

    /** Whether a text is invisible: only white space, controls, formats and letters without a glyph. */
    public static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (!isInvisible(codePoint)) {
                return false;
            }
            i += Character.charCount(codePoint);
        }
        return true;
    }

    /** The text without the white space at both ends. Invisible characters that are not white space are kept. */
    public static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhite(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhite(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** All of White_Space lies in the basic plane, so a char is enough for a code point. */
    public static boolean isWhite(int c) {
        return c <= ' ' ? c == ' ' || (c >= '\t' && c <= '\r') : c >= 0x85 && isWhiteBeyondAscii(c);
    }

    private static boolean isWhiteBeyondAscii(int c) {
        return (c >= 0x2000 && c <= 0x200A) || BEYOND_ASCII.indexOf(c) >= 0;
    }

    private static boolean isInvisible(int codePoint) {
        // U+0000 cannot be stored at all, and that error is more helpful to a client.
        return codePoint != 0
                && ((1 << Character.getType(codePoint) & INVISIBLE_TYPES) != 0 || leavesNoMark(codePoint));
    }

    /**
     * Whether fonts render a letter, mark or symbol as nothing: Default_Ignorable_Code_Point and the empty Braille
     * cell.
     */
    private static boolean leavesNoMark(int codePoint) {
        return UNDRAWN.indexOf(codePoint) >= 0
                || (codePoint >= 0x180B && codePoint <= 0x180F)
                || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                || (codePoint >= 0xFFF0 && codePoint <= 0xFFF8)
                || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
    }
}
