package dev.recount.verifier;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON in the canonical form of RFC 8785, whatever the order and white space of the input. */
final class CanonicalJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final String HEX = "0123456789abcdef";
    private static final int CONTROLS = 0x20;
    private static final int SIX_BITS = 6;
    private static final int SIX_BITS_MASK = 0x3f;

    private final GrowingBytes out = new GrowingBytes();

    /** A member of an object, and its start in the output. */
    private record Member(String name, int start) {}

    static JsonParser parser(byte[] json, int offset, int length) {
        return FACTORY.createParser(ObjectReadContext.empty(), json, offset, length);
    }

    /** The canonical form of a whole document. */
    byte[] of(byte[] json, int offset, int length) {
        try (var parser = parser(json, offset, length)) {
            parser.nextToken();
            var canonical = of(parser);
            if (parser.nextToken() != null) {
                throw new MalformedLogException("more follows after the JSON value");
            }
            return canonical;
        }
    }

    /** The canonical form of the parser's current value. The parser is at the value's end afterwards. */
    byte[] of(JsonParser parser) {
        out.clear();
        write(parser);
        return out.toByteArray();
    }

    private void write(JsonParser parser) {
        switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING ->
                string(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeAscii(CanonicalNumber.of(parser.getString()));
            case VALUE_TRUE -> out.writeAscii("true");
            case VALUE_FALSE -> out.writeAscii("false");
            case VALUE_NULL -> out.writeAscii("null");
            case null, default -> throw new MalformedLogException("a JSON value is missing");
        }
    }

    private void array(JsonParser parser) {
        out.write('[');
        var first = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!first) {
                out.write(',');
            }
            first = false;
            write(parser);
        }
        out.write(']');
    }

    /** Writes members in the order of the input, each followed by a comma, and sorts them afterwards if necessary. */
    private void object(JsonParser parser) {
        out.write('{');
        var begin = out.size();
        List<Member> members = new ArrayList<>();
        var inOrder = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            inOrder = inOrder && (members.isEmpty() || members.getLast().name().compareTo(name) < 0);
            members.add(new Member(name, out.size()));
            string(name.toCharArray(), 0, name.length());
            out.write(':');
            parser.nextToken();
            write(parser);
            out.write(',');
        }
        if (!inOrder) {
            sort(members, begin);
        }
        if (members.isEmpty()) {
            out.write('}');
        } else {
            out.replaceLast('}');
        }
    }

    private void sort(List<Member> members, int begin) {
        var written = out.tail(begin);
        var ends = new ArrayList<Integer>();
        members.stream().skip(1).forEach(member -> ends.add(member.start()));
        ends.add(begin + written.length);
        record Span(Member member, int end) {}
        var spans = new ArrayList<Span>();
        for (var i = 0; i < members.size(); i++) {
            spans.add(new Span(members.get(i), ends.get(i)));
        }
        // Java compares strings by UTF-16 code units, as the RFC requires.
        spans.sort((one, other) -> one.member().name().compareTo(other.member().name()));
        var at = begin;
        for (var i = 0; i < spans.size(); i++) {
            var member = spans.get(i).member();
            if (i > 0 && member.name().equals(spans.get(i - 1).member().name())) {
                throw new MalformedLogException("the JSON object has two members \"" + member.name() + "\"");
            }
            var length = spans.get(i).end() - member.start();
            out.overwrite(at, written, member.start() - begin, length);
            at += length;
        }
    }

    private void string(char[] chars, int offset, int length) {
        out.write('"');
        for (var i = offset; i < offset + length; i++) {
            var c = chars[i];
            if (c < 0x80) {
                ascii(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < offset + length
                    && Character.isLowSurrogate(chars[i + 1])) {
                utf8(Character.toCodePoint(c, chars[++i]));
            } else if (Character.isSurrogate(c)) {
                throw new MalformedLogException("a JSON string holds half a character");
            } else {
                utf8(c);
            }
        }
        out.write('"');
    }

    private void ascii(char c) {
        switch (c) {
            case '"' -> out.writeAscii("\\\"");
            case '\\' -> out.writeAscii("\\\\");
            case '\b' -> out.writeAscii("\\b");
            case '\f' -> out.writeAscii("\\f");
            case '\n' -> out.writeAscii("\\n");
            case '\r' -> out.writeAscii("\\r");
            case '\t' -> out.writeAscii("\\t");
            default -> {
                if (c < CONTROLS) {
                    out.writeAscii("\\u00");
                    out.write(HEX.charAt(c >> 4));
                    out.write(HEX.charAt(c & 0xf));
                } else {
                    out.write(c);
                }
            }
        }
    }

    /** RFC 3629, section 3, for code points of two bytes or more. */
    private void utf8(int point) {
        if (point < 0x800) {
            out.write(0xc0 | (point >> SIX_BITS));
        } else {
            if (point < 0x10000) {
                out.write(0xe0 | (point >> (2 * SIX_BITS)));
            } else {
                out.write(0xf0 | (point >> (3 * SIX_BITS)));
                sixBits(point >> (2 * SIX_BITS));
            }
            sixBits(point >> SIX_BITS);
        }
        sixBits(point);
    }

    private void sixBits(int bits) {
        out.write(0x80 | (bits & SIX_BITS_MASK));
    }
}
