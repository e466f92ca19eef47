package dev.recount.eventstore.tree;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Converts JSON to the canonical form that is hashed: RFC 8785, with one difference. An integer keeps all of its
 * digits, while the RFC would round it to a double.
 *
 * <p>PostgreSQL's jsonb keeps values but not their formatting. This restores the written form.
 */
public final class CanonicalJson {

    private static final JsonFactory PARSERS = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private CanonicalJson() {}

    /** @throws tools.jackson.core.JacksonException for invalid JSON, or for a duplicate member */
    public static String of(String json) {
        try (JsonParser parser = PARSERS.createParser(ObjectReadContext.empty(), json)) {
            return read(parser);
        }
    }

    /** Like {@link #of(String)}, in UTF-8. */
    public static byte[] of(byte[] json, int offset, int length) {
        try (JsonParser parser = PARSERS.createParser(ObjectReadContext.empty(), json, offset, length)) {
            return read(parser).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static String read(JsonParser parser) {
        parser.nextToken();
        StringBuilder out = new StringBuilder();
        writeValue(parser, out);
        if (parser.nextToken() != null) {
            throw new IllegalArgumentException("There is something behind the end of the JSON");
        }
        return out.toString();
    }

    private static void writeValue(JsonParser parser, StringBuilder out) {
        JsonToken token = parser.currentToken();
        switch (token) {
            case START_OBJECT -> writeObject(parser, out);
            case START_ARRAY -> writeArray(parser, out);
            case VALUE_STRING -> writeString(parser.getString(), out);
            case VALUE_NUMBER_INT -> writeInteger(parser.getString(), out);
            case VALUE_NUMBER_FLOAT -> out.append(EcmaNumber.format(Double.parseDouble(parser.getString())));
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> out.append(parser.getString());
            case null, default -> throw new IllegalArgumentException("No value can begin with " + token);
        }
    }

    /** Strings compare by UTF-16 code units, the order that the RFC requires. */
    private static void writeObject(JsonParser parser, StringBuilder out) {
        Map<String, String> members = new TreeMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            StringBuilder value = new StringBuilder();
            writeValue(parser, value);
            members.put(name, value.toString());
        }
        out.append('{');
        String separator = "";
        for (Map.Entry<String, String> member : members.entrySet()) {
            out.append(separator);
            writeString(member.getKey(), out);
            out.append(':').append(member.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private static void writeArray(JsonParser parser, StringBuilder out) {
        out.append('[');
        String separator = "";
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            out.append(separator);
            writeValue(parser, out);
            separator = ",";
        }
        out.append(']');
    }

    private static void writeInteger(String digits, StringBuilder out) {
        out.append(digits.equals("-0") ? "0" : digits);
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ') {
                        out.append(c < 0x10 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
        requireWholeCharacters(text);
    }

    /** Rejects half of a surrogate pair, which is no character and has no UTF-8 form. */
    private static void requireWholeCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    throw new IllegalArgumentException("A text has half of a surrogate pair");
                }
                i++;
            }
        }
    }
}
