package dev.recount.command.imports;

import dev.recount.command.imports.csv.CellSink;
import dev.recount.command.imports.csv.CsvReader;
import dev.recount.command.imports.csv.MalformedCsvException;
import dev.recount.command.imports.csv.Utf8;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.function.Consumer;
import org.springframework.core.io.InputStreamSource;

/**
 * A file of issues that can be read more than once and is never in memory as a whole.
 *
 * @param longestText the maximum length of a cell in characters; longer cells are cut just above it, to be refused
 */
record ImportFile(InputStreamSource bytes, int longestText) {

    /** Reads the whole file and fails the request with 400 if any part is malformed. */
    void requireReadable() throws IOException {
        read((csv, header) -> {
            boolean more = true;
            while (more) {
                more = csv.readRow(CellSink.NONE);
            }
        });
    }

    /** Passes the rows on in order. Rows without text are skipped and not numbered. */
    void forEachRow(Consumer<ImportRow> rows) throws IOException {
        read((csv, header) -> {
            ImportRow row = new ImportRow(header, 1);
            while (csv.readRow(row)) {
                boolean counts = row.hasText();
                if (counts) {
                    rows.accept(row);
                }
                row = new ImportRow(header, row.number() + (counts ? 1 : 0));
            }
        });
    }

    private interface Reading {
        void of(CsvReader csv, ImportHeader header) throws IOException, MalformedCsvException;
    }

    private void read(Reading reading) throws IOException {
        try (Reader text = Utf8.reader(bytes.getInputStream())) {
            CsvReader csv = new CsvReader(text, keptOfACell());
            reading.of(csv, ImportHeader.read(csv));
        } catch (MalformedCsvException e) {
            throw malformed(e.getMessage() + " (line " + e.line() + ").");
        } catch (CharacterCodingException e) {
            throw malformed("The file is not UTF-8 text.");
        }
    }

    /** A character takes up to two UTF-16 units, so this always keeps at least one character more than allowed. */
    private int keptOfACell() {
        return 2 * longestText + 1;
    }

    private static ProblemException malformed(String detail) {
        return ProblemType.MALFORMED_CSV.problem(detail).exception();
    }
}
