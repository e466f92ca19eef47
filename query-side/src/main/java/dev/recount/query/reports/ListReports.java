package dev.recount.query.reports;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import java.util.Comparator;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /reports}: every report with its meaning, parameters and an example, by name. */
@JsonEndpoint
final class ListReports {

    private final List<Report.Description> reports;

    ListReports(List<Report> reports) {
        this.reports = reports.stream()
                .map(Report::description)
                .sorted(Comparator.comparing(Report.Description::name))
                .toList();
    }

    @GetMapping("/reports")
    @ReadsProjection({})
    List<Report.Description> list() {
        return reports;
    }
}
