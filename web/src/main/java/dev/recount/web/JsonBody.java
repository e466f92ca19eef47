package dev.recount.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the JSON body of a request by the letter of RFC 8259 and RFC 7493: UTF-8 only, one value, no field twice.
 * Anything else ends the request with 400 {@code malformed-json}, or {@code validation-failed} where the JSON is sound but
 * of the wrong kind.
 */
public final class JsonBody {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonBody() {}

    /** The fields of a body that is one object. */
    public static JsonFields parseObject(byte[] body) {
        JsonNode tree = parse(body);
        if (!tree.isObject()) {
            throw wrongKind("an object", tree);
        }
        return new JsonFields(tree, new FieldErrors(), "");
    }

    /** The items of a body that is a list of objects; an item that is none is noted under its index. */
    public static JsonItems parseList(byte[] body) {
        JsonNode tree = parse(body);
        if (!tree.isArray()) {
            throw wrongKind("a list", tree);
        }
        FieldErrors errors = new FieldErrors();
        // All that could be said of the fields of what is no object is that it has none.
        FieldErrors unsaid = new FieldErrors();
        List<JsonFields> items = new ArrayList<>(tree.size());
        for (JsonNode item : tree) {
            String place = "[" + items.size() + "]";
            if (item.isObject()) {
                items.add(new JsonFields(item, errors, place + "."));
            } else {
                errors.add(place, "must be an object, not " + JsonKind.of(item));
                items.add(new JsonFields(item, unsaid, ""));
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
        } catch (JacksonException malformed) {
            throw malformed("The body is not valid JSON" + place(malformed) + ".");
        }
        if (tree.isMissingNode()) {
            throw malformed("The body is empty.");
        }
        return tree;
    }

    /** Jackson alone would take overlong forms, and guess UTF-16 and UTF-32 from zero bytes. */
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

    private static ProblemException malformed(String detail) {
        return ProblemType.MALFORMED_JSON.problem(detail).exception();
    }

    private static ProblemException wrongKind(String expected, JsonNode found) {
        return ProblemType.VALIDATION_FAILED
                .problem("The body must be " + expected + ", not " + JsonKind.of(found) + ".")
                .exception();
    }
}
