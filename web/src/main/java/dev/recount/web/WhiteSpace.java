package dev.recount.web;

/** Trimming that takes every kind of white space for white, the no-break space too. */
public final class WhiteSpace {

    private WhiteSpace() {}

    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(WhiteSpace::isWhite);
    }

    public static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhite(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (end > start && isWhite(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static boolean isWhite(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
