package dev.recount.command.imports;

import java.util.Optional;
import java.util.stream.Stream;

/** A column that an import reads. Columns may come in any order. */
enum ImportColumn {
    TITLE("title", true),
    DESCRIPTION("description", true),
    STATUS("status", true),
    ASSIGNEE("assignee", true),
    LABELS("labels", false),
    PRIORITY("priority", false);

    private final String header;
    private final boolean required;

    ImportColumn(String header, boolean required) {
        this.header = header;
        this.required = required;
    }

    /** The column's name in the header, which is also the name of the field. */
    String header() {
        return header;
    }

    /** Whether a file must have this column. */
    boolean isRequired() {
        return required;
    }

    /** @param header in any case, without surrounding white space */
    static Optional<ImportColumn> of(String header) {
        return Stream.of(values())
                .filter(column -> column.header.equalsIgnoreCase(header))
                .findFirst();
    }
}
