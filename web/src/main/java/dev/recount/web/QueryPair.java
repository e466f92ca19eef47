package dev.recount.web;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One {@code name=value} of a query, decoded. */
record QueryPair(String name, String value) {

    static List<QueryPair> parse(String rawQuery) {
        if (rawQuery.isEmpty()) {
            return List.of();
        }
        List<QueryPair> pairs = new ArrayList<>();
        for (String part : rawQuery.split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                pairs.add(
                        equals < 0
                                ? new QueryPair(decode(part), "")
                                : new QueryPair(decode(part.substring(0, equals)), decode(part.substring(equals + 1))));
            }
        }
        return pairs;
    }

    /** The encoded pair, safe inside a query for any characters. */
    String encoded() {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Decodes strictly, while {@link java.net.URLDecoder} replaces invalid UTF-8 silently. */
    private static String decode(String raw) {
        if (raw.indexOf('%') < 0 && raw.chars().allMatch(c -> c < 0x80)) {
            return raw.replace('+', ' ');
        }
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            switch (c) {
                case '%' -> {
                    bytes.put((byte) hexByte(raw, i + 1));
                    i += 2;
                }
                case '+' -> bytes.put((byte) ' ');
                default -> {
                    // An unencoded byte above 0x7F arrives as one ISO 8859-1 character.
                    if (c > 0xFF) {
                        throw broken();
                    }
                    bytes.put((byte) c);
                }
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException invalid) {
            throw broken();
        }
    }

    private static int hexByte(String raw, int at) {
        if (at + 2 > raw.length()) {
            throw broken();
        }
        int high = hexDigit(raw.charAt(at));
        int low = hexDigit(raw.charAt(at + 1));
        return high << 4 | low;
    }

    private static int hexDigit(char c) {
        // Character.digit would also accept full-width digits and those of other scripts.
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw broken();
        }
        return digit;
    }

    private static ProblemException broken() {
        return ProblemType.BAD_REQUEST
                .problem("The query is not percent-encoded UTF-8.")
                .exception();
    }
}
