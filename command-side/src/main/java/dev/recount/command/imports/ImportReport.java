package dev.recount.command.imports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The result of an import as the response shows it. It may be too long to fit in memory. */
record ImportReport(ImportProgress progress, RefusedRows refused) {

    void writeTo(OutputStream answer) throws IOException {
        write(answer, "{\"total_rows\":" + progress.rows());
        write(answer, ",\"created\":" + progress.created());
        write(answer, ",\"failed\":" + progress.failed());
        write(answer, ",\"import_id\":\"" + progress.importId() + "\"");
        write(answer, ",\"errors\":[");
        refused.writeTo(answer);
        write(answer, "]}");
    }

    private static void write(OutputStream answer, String json) throws IOException {
        answer.write(json.getBytes(StandardCharsets.UTF_8));
    }
}
