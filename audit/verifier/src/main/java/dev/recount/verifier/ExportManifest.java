package dev.recount.verifier;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The first line of an export, which describes the following lines and their root. */
public record ExportManifest(
        String origin,
        long treeSize,
        Hash rootHash,
        @Nullable String checkpoint,
        List<String> keys) {

    public static final String FORMAT = "recount-export/1";

    /** @throws MalformedLogException if it is no manifest, or one of another format */
    static ExportManifest parse(byte[] line) {
        try (var parser = CanonicalJson.parser(line, 0, line.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedLogException("the first line is no manifest of an export");
            }
            return read(parser);
        } catch (JacksonException noJson) {
            throw new MalformedLogException(
                    "the first line is no manifest of an export: " + noJson.getOriginalMessage());
        }
    }

    private static ExportManifest read(JsonParser parser) {
        String format = null;
        String origin = null;
        var treeSize = -1L;
        String rootHash = null;
        String checkpoint = null;
        List<String> keys = new ArrayList<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            switch (name) {
                case "format" -> format = parser.getValueAsString();
                case "origin" -> origin = parser.getValueAsString();
                case "tree_size" -> treeSize = token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : -1;
                case "root_hash" -> rootHash = parser.getValueAsString();
                case "checkpoint" -> checkpoint = parser.getValueAsString();
                case "keys" -> {
                    while (token == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.VALUE_STRING) {
                        keys.add(parser.getString());
                    }
                }
                default -> parser.skipChildren();
            }
        }
        if (!FORMAT.equals(format)) {
            throw new MalformedLogException("the manifest's format is " + format + ", not " + FORMAT);
        }
        if (origin == null || treeSize < 0 || rootHash == null) {
            throw new MalformedLogException("the manifest lacks origin, tree_size or root_hash");
        }
        return new ExportManifest(origin, treeSize, Hash.parse(rootHash), checkpoint, List.copyOf(keys));
    }
}
