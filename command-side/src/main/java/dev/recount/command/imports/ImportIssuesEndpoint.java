package dev.recount.command.imports;

import dev.recount.command.http.RequestDispatcher;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.LogPositions;
import dev.recount.web.RequestContext;
import dev.recount.web.WebProperties;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /issues/import}: creates many issues from one file.
 *
 * <p>An unreadable file is a 400 and changes nothing. The response lists the rows that break a rule; the others are
 * created.
 */
@JsonEndpoint
final class ImportIssuesEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(ImportIssuesEndpoint.class);

    private final IssueImporter importer;
    private final JsonMapper mapper;
    private final ImportDirectory directory;
    private final int longestText;
    private final LogPositions positions;

    ImportIssuesEndpoint(
            IssueImporter importer,
            JsonMapper mapper,
            ImportDirectory directory,
            WebProperties properties,
            LogPositions positions) {
        this.positions = positions;
        this.importer = importer;
        this.mapper = mapper;
        this.directory = directory;
        // A text in JSON takes at least one byte per character, so every text that POST accepts is accepted here.
        this.longestText = (int) Math.min(properties.maxJsonBody().toBytes(), Integer.MAX_VALUE / 4);
    }

    @PostMapping(path = "/issues/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    void importIssues(
            MultipartHttpServletRequest request,
            RequestContext context,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            HttpServletResponse response)
            throws IOException {
        ImportFile file = new ImportFile(UploadedFile.of(request), longestText);
        try (RefusedRows refused = new RefusedRows(mapper, directory.path())) {
            ImportProgress progress = importer.run(file, RequestDispatcher.origin(context, idempotencyKey), refused);
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.setHeader("Import-Id", progress.importId().toString());
            progress.position().ifPresent(last -> response.setHeader("Event-Position", positions.text(last)));
            new ImportReport(progress, refused).writeTo(response.getOutputStream());
        } catch (ImportInterruptedException interrupted) {
            LOG.warn("An import ended before its file did", interrupted);
            throw InterruptedImport.problem(interrupted).exception();
        }
    }
}
