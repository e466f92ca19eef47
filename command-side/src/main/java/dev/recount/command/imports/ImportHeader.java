package dev.recount.command.imports;

import dev.recount.command.imports.csv.CsvReader;
import dev.recount.command.imports.csv.MalformedCsvException;
import dev.recount.events.text.WhiteSpace;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The positions of a file's columns.
 *
 * @param width the number of cells in the header, including columns that are not read
 */
record ImportHeader(Map<Long, ImportColumn> columns, long width) {

    /** Reads the header from the first row. Fails with 400 {@code validation-failed} if a column is missing. */
    static ImportHeader read(CsvReader csv) throws IOException, MalformedCsvException {
        Map<Long, ImportColumn> columns = new HashMap<>();
        Set<ImportColumn> absent = EnumSet.allOf(ImportColumn.class);
        long[] width = {0};
        csv.readRow((place, text) -> {
            width[0] = place + 1;
            ImportColumn.of(WhiteSpace.trim(text.toString())).ifPresent(column -> {
                if (!absent.remove(column)) {
                    throw unusable("its header names the column " + column.header() + " twice");
                }
                columns.put(place, column);
            });
        });
        List<ImportColumn> missing =
                absent.stream().filter(ImportColumn::isRequired).toList();
        if (!missing.isEmpty()) {
            throw unusable(
                    "its first row must be a header that names the columns title, description, status and assignee,"
                            + " with commas between them; missing here: "
                            + missing.stream().map(ImportColumn::header).collect(Collectors.joining(", ")));
        }
        return new ImportHeader(columns, width[0]);
    }

    private static ProblemException unusable(String message) {
        return ProblemType.invalid(Map.of(UploadedFile.PART, List.of(message))).exception();
    }
}
