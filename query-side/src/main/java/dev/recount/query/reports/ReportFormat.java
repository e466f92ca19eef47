package dev.recount.query.reports;

import dev.recount.query.responses.AcceptHeader;
import java.util.Optional;

/** The formats of a {@link ReportTable}, that first which is preferred by who has no preference. */
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

    /** The format that the client wants most, empty where it accepts none. */
    static Optional<ReportFormat> of(AcceptHeader accept) {
        return accept.best(values(), format -> format.type);
    }
}
