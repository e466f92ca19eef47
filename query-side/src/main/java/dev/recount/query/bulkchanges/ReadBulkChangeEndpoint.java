package dev.recount.query.bulkchanges;

import dev.recount.query.imports.ImportTables;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.PathUuid;
import dev.recount.web.ProblemType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code GET /bulk-changes/{id}}: a bulk change and its effect on each issue, in the order of the request. */
@JsonEndpoint
final class ReadBulkChangeEndpoint {

    private final BulkChanges bulkChanges;

    ReadBulkChangeEndpoint(BulkChanges bulkChanges) {
        this.bulkChanges = bulkChanges;
    }

    @GetMapping("/bulk-changes/{id}")
    @ReadsProjection(ImportTables.PROJECTION)
    BulkChanges.Body read(@PathVariable String id) {
        var bulkId = PathUuid.require(id, ProblemType.UNKNOWN_BULK_CHANGE);
        return bulkChanges
                .find(bulkId)
                .orElseThrow(() -> ProblemType.UNKNOWN_BULK_CHANGE
                        .problem("There is no bulk change %s.".formatted(bulkId))
                        .exception());
    }
}
