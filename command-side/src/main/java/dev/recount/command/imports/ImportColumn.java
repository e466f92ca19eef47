package dev.recount.command.imports;

import java.util.Optional;
import java.util.stream.Stream;

/** A column that is read, in whatever place. */
enum ImportColumn {
    TITLE("title", true),
    DESCRIPTION("description", true),
    STATUS("status", true),
    ASSIGNEE("assignee", true),
    LABELS("labels", false);

    private final String header;
    private final boolean required;

    ImportColumn(String header, boolean required) {
        this.header = header;
        this.required = required;
    }

    /** Its name in the header, and that of the field. */
    String header() {
        return header;
    }

    /** Whether a file must have it. */
    boolean isRequired() {
        return required;
    }

    /** @param header in any case, without white space around it */
    static Optional<ImportColumn> of(String header) {
        return Stream.of(values())
                .filter(column -> column.header.equalsIgnoreCase(header))
                .findFirst();
    }
}
