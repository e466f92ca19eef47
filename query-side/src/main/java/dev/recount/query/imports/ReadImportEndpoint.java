package dev.recount.query.imports;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.KnownParameters;
import dev.recount.web.Page;
import dev.recount.web.Paging;
import dev.recount.web.PathUuid;
import dev.recount.web.ProblemType;
import dev.recount.web.QueryParameters;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code GET /imports/{id}}: the state of an import, and a page of the issues that it created, by row. */
@JsonEndpoint
final class ReadImportEndpoint {

    private final Imports imports;

    ReadImportEndpoint(Imports imports) {
        this.imports = imports;
    }

    /** @param startedAt when its first rows were appended to the log */
    record Body(
            UUID importId,
            ImportState state,
            long totalRows,
            long created,
            long failed,
            long withdrawn,
            long kept,
            @Nullable Long actor,
            Instant startedAt,
            Instant advancedAt,
            @Nullable Instant undoneAt,
            @Nullable Long undoneBy,
            Page<Imports.Issue> issues) {

        static Body of(Imports.Summary summary, Page<Imports.Issue> issues) {
            return new Body(
                    summary.importId(),
                    summary.state(),
                    summary.totalRows(),
                    summary.created(),
                    summary.failed(),
                    summary.withdrawn(),
                    summary.kept(),
                    summary.actor(),
                    summary.startedAt(),
                    summary.advancedAt(),
                    summary.undoneAt(),
                    summary.undoneBy(),
                    issues);
        }
    }

    @GetMapping("/imports/{id}")
    @KnownParameters({Paging.PAGE, Paging.PAGE_SIZE})
    @ReadsProjection(ImportTables.PROJECTION)
    Body read(@PathVariable String id, QueryParameters query) {
        var importId = PathUuid.require(id, ProblemType.UNKNOWN_IMPORT);
        var summary = imports.find(importId)
                .orElseThrow(() -> ProblemType.UNKNOWN_IMPORT
                        .problem("There is no import %s.".formatted(importId))
                        .exception());
        var paging = Paging.of(query);
        var issues = imports.issues(importId, paging.offset(), paging.size());
        return Body.of(summary, paging.page(summary.created(), issues));
    }
}
