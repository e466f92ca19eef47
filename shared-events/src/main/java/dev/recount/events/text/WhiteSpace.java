package dev.recount.events.text;

/**
 * White space as Unicode defines it by the property White_Space (PropList.txt), and texts that show nothing at all.
 *
 * <p>Java's own definitions differ: {@link Character#isWhitespace} has U+001C and lacks the no-break spaces and U+0085,
 * {@link Character#isSpaceChar} lacks the tabulator.
 */
public final class WhiteSpace {

    private WhiteSpace() {}

    /** Whether a text has nothing to see: only white space, controls, formats and letters that leave no mark. */
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

    /** The text without the white space at both ends; invisible characters that are no white space stay. */
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

    /** All of White_Space lies in the basic plane, so a char does for a code point. */
    public static boolean isWhite(int c) {
        return c <= ' '
                ? c == ' ' || (c >= '\t' && c <= '\r')
                : c >= 0x85
                        && switch (c) {
                            case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
                            default -> c >= 0x2000 && c <= 0x200A;
                        };
    }

    private static boolean isInvisible(int codePoint) {
        // It cannot be stored at all, which tells a client more.
        return codePoint != 0
                && switch (Character.getType(codePoint)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> true;
                    default -> leavesNoMark(codePoint);
                };
    }

    /** Letters, marks and a symbol that fonts draw as nothing: Default_Ignorable_Code_Point, and the empty Braille cell. */
    private static boolean leavesNoMark(int codePoint) {
        return switch (codePoint) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x2800, 0x3164, 0xFFA0 -> true;
            default ->
                (codePoint >= 0x180B && codePoint <= 0x180F)
                        || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                        || (codePoint >= 0xFFF0 && codePoint <= 0xFFF8)
                        || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
        };
    }
}
