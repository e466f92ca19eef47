package dev.recount.query.reports;

import dev.recount.query.responses.AcceptHeader;
import java.util.Optional;

/** The formats of a {@link ReportTable}; a client without a preference gets the first. */
enum ReportFormat {
    JSON("application/json", "application/json"),
    CSV("text/csv", "text/csv;header=present;charset=UTF-8");

    private final String type;
    private final String contentType;

    ReportFormat(String type, String contentType) {
        this.type = type;
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** The client's preferred format, empty if it accepts none. */
    static Optional<ReportFormat> of(AcceptHeader accept) {
        return accept.best(values(), format -> format.type);
    }
}
