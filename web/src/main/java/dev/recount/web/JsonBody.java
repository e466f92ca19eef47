package dev.recount.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parses the JSON body of a request strictly by RFC 8259 and RFC 7493: UTF-8 only, one value, no duplicate field.
 * Anything else ends the request with 400 {@code malformed-json}. Valid JSON of the wrong kind ends it with {@code
 * validation-failed}.
 */
public final class JsonBody {

    /** Ignored fields must not be refused for their form, but reading them must cost no more than their length. */
    private static final int DEEPEST = 2_000;

    private static final int MOST_DIGITS = 2_000;
    private static final int LONGEST_NAME = 50_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(MOST_DIGITS)
                            .maxNameLength(LONGEST_NAME)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonBody() {}

    /** Parses a body that is one object. */
    public static JsonFields parseObject(byte[] body, RequestContext request) {
        JsonNode tree = parse(body);
        if (!tree.isObject()) {
            throw wrongKind("an object", tree);
        }
        return new JsonFields(tree, new FieldErrors(request.strict()), "", request.strict());
    }

    /** Parses a body that is a list of objects. An item that is not an object becomes an error under its index. */
    public static JsonItems parseList(byte[] body, RequestContext request) {
        JsonNode tree = parse(body);
        if (!tree.isArray()) {
            throw wrongKind("a list", tree);
        }
        FieldErrors errors = new FieldErrors(request.strict());
        // Errors about fields of a non-object are discarded: it has no fields.
        FieldErrors unsaid = new FieldErrors(false);
        List<JsonFields> items = new ArrayList<>(tree.size());
        for (JsonNode item : tree) {
            String place = "[" + items.size() + "]";
            if (item.isObject()) {
                items.add(new JsonFields(item, errors, place + ".", request.strict()));
            } else {
                errors.add(place, "must be an object, not " + JsonKind.of(item));
                items.add(new JsonFields(item, unsaid, "", false));
            }
        }
        return new JsonItems(List.copyOf(items), errors);
    }

    private static JsonNode parse(byte[] body) {
        requireUtf8(body);
        JsonNode tree;
        try {
            tree = MAPPER.readTree(body);
        } catch (MismatchedInputException moreThanOnce) {
            throw malformed("The body has a field twice or goes on after its value" + place(moreThanOnce) + ".");
        } catch (StreamConstraintsException beyond) {
            throw isClosed(body) ? beyondLimits() : malformed("The body opens more than it closes.");
        } catch (JacksonException malformed) {
            throw malformed("The body is not valid JSON" + place(malformed) + ".");
        }
        if (tree.isMissingNode()) {
            throw malformed("The body is empty.");
        }
        return tree;
    }

    /** Jackson alone would accept overlong forms, and detect UTF-16 and UTF-32 from zero bytes. */
    private static void requireUtf8(byte[] body) {
        boolean ascii = true;
        for (byte b : body) {
            if (b == 0) {
                throw malformed("The body is not UTF-8 text.");
            }
            ascii &= b > 0;
        }
        if (!ascii) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            } catch (CharacterCodingException invalid) {
                throw malformed("The body is not UTF-8 text.");
            }
        }
    }

    private static String place(JacksonException problem) {
        var location = problem.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    /** Whether brackets and quotes are balanced, as far as can be seen without recursion. */
    private static boolean isClosed(byte[] body) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < body.length; i++) {
            switch (body[i]) {
                case '"' -> quoted = !quoted;
                case '\\' -> i += quoted ? 1 : 0;
                case '[', '{' -> depth += quoted ? 0 : 1;
                case ']', '}' -> depth -= quoted ? 0 : 1;
                default -> {}
            }
        }
        return depth == 0 && !quoted;
    }

    /** The problem of a body that seems valid but exceeds a limit. */
    private static ProblemException beyondLimits() {
        return ProblemType.VALIDATION_FAILED
                .problem(
                        "The body is beyond what is read: at most %d levels, %d digits in a number and %d characters in a name."
                                .formatted(DEEPEST, MOST_DIGITS, LONGEST_NAME))
                .exception();
    }

    private static ProblemException malformed(String detail) {
        return ProblemType.MALFORMED_JSON.problem(detail).exception();
    }

    private static ProblemException wrongKind(String expected, JsonNode found) {
        return ProblemType.VALIDATION_FAILED
                .problem("The body must be " + expected + ", not " + JsonKind.of(found) + ".")
                .exception();
    }
}
