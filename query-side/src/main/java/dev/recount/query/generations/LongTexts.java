package dev.recount.query.generations;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Truncates texts that would make a report long without making it clearer. */
final class LongTexts {

    private static final int LONGEST = 500;

    private LongTexts() {}

    /** Truncates the texts in the columns of the row. */
    static JsonNode cut(JsonNode row) {
        if (row instanceof ObjectNode columns) {
            columns.propertyNames().stream().toList().forEach(name -> {
                if (columns.get(name) instanceof StringNode text
                        && text.stringValue().length() > LONGEST) {
                    columns.put(name, cut(text.stringValue()));
                }
            });
        }
        return row;
    }

    private static String cut(String text) {
        var end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return "%s… (%d characters)".formatted(text.substring(0, end), text.length());
    }
}
