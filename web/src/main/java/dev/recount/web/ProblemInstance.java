package dev.recount.web;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The {@code instance} of a problem: the request's path as a valid URI reference, even if it was sent malformed. */
final class ProblemInstance {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String PUNCTUATION = "-._~!$&'()*+,;=:@/";
    private static final int MAX_LENGTH = 2_000;

    private ProblemInstance() {}

    /** The path with invalid characters percent-encoded, {@code /} if no path could be read. */
    static String of(@Nullable String rawPath) {
        if (rawPath == null || !rawPath.startsWith("/")) {
            return "/";
        }
        String path = rawPath.substring(0, Math.min(rawPath.length(), MAX_LENGTH));
        StringBuilder sound = new StringBuilder(path.length());
        if (path.startsWith("//")) {
            // Two leading slashes would turn the first segment into a host.
            sound.append("/.");
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (isAllowed(c) || isEscape(path, i)) {
                sound.append(c);
            } else {
                appendEscaped(sound, c);
            }
        }
        return sound.toString();
    }

    private static boolean isAllowed(char c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || PUNCTUATION.indexOf(c) >= 0;
    }

    private static boolean isEscape(String path, int at) {
        return path.charAt(at) == '%'
                && at + 2 < path.length()
                && HexFormat.isHexDigit(path.charAt(at + 1))
                && HexFormat.isHexDigit(path.charAt(at + 2));
    }

    private static void appendEscaped(StringBuilder sound, char c) {
        for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
            sound.append('%').append(HEX.toHexDigits(b));
        }
    }
}
