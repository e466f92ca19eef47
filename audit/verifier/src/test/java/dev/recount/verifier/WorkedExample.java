package dev.recount.verifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The example of docs/audit.md, which a program in another language made. */
final class WorkedExample {

    static final String KEY =
            "recount/3f0f6c1e-6f0c-4a57-9d3c-0a5b6f3f2c11+fcd6be67+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";

    private WorkedExample() {}

    /** The manifest, and five events. */
    static List<String> lines() {
        return text("worked-example.ndjson").lines().toList();
    }

    static String checkpoint(int size) {
        return text("worked-example-" + size + ".checkpoint");
    }

    private static String text(String resource) {
        try (var stream = WorkedExample.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
