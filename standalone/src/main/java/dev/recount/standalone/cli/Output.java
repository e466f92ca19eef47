package dev.recount.standalone.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.function.LongConsumer;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints results to the standard output, as text or as one JSON document, and all other messages to the standard error.
 */
final class Output {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            // Readable in any character set of the terminal or the pipe.
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final PrintStream results;
    private final PrintStream remarks;
    private final boolean json;

    Output(PrintStream results, PrintStream remarks, boolean json) {
        this.results = results;
        this.remarks = remarks;
        this.json = json;
    }

    /** Prints one of the two, as the command's options ask. */
    void result(Object document, String text) {
        results.println(json ? JSON.writeValueAsString(document) : text);
        results.flush();
    }

    Progress progress() {
        return Progress.of(remarks);
    }

    /** Receives the positions as they are passed. */
    LongConsumer events(String what, boolean quiet) {
        return quiet ? _ -> {} : new EventProgress(remarks, what);
    }

    /** Reports a run that did not complete. */
    void unfinished(Object document, String message) {
        remarks.println(message);
        if (json) {
            result(document, "");
        }
    }

    void failure(String code, String message) {
        unfinished(Map.of("error", Map.of("code", code, "message", message)), message);
    }
}
