package dev.recount.command.issue.importing;

import java.util.Optional;
import java.util.stream.Stream;

/** A column that a file must have, in whatever place. */
enum ImportColumn {
    TITLE("title"),
    DESCRIPTION("description"),
    STATUS("status"),
    ASSIGNEE("assignee");

    private final String header;

    ImportColumn(String header) {
        this.header = header;
    }

    /** Its name in the header, and that of the issue's field. */
    String header() {
        return header;
    }

    static Optional<ImportColumn> of(String header) {
        return Stream.of(values())
                .filter(column -> column.header.equals(header))
                .findFirst();
    }
}
