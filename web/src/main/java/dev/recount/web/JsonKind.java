package dev.recount.web;

import tools.jackson.databind.JsonNode;

/** Names of JSON value kinds for error messages. */
final class JsonKind {

    private JsonKind() {}

    static String of(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "an object";
            case ARRAY -> "a list";
            case STRING, BINARY -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL, MISSING -> "null";
        };
    }
}
