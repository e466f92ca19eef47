package dev.recount.command.imports.csv;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** All cells of a text, as read by the reader under test. */
final class Rows {

    private Rows() {}

    static List<List<String>> of(String text) throws IOException, MalformedCsvException {
        return of(new StringReader(text));
    }

    static List<List<String>> of(Reader source) throws IOException, MalformedCsvException {
        CsvReader reader = new CsvReader(source, Integer.MAX_VALUE);
        List<List<String>> rows = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        while (reader.readRow((column, text) -> {
            if (column != cells.size()) {
                throw new IllegalStateException("column " + column + " after " + cells);
            }
            cells.add(text.toString());
        })) {
            rows.add(List.copyOf(cells));
            cells.clear();
        }
        return rows;
    }
}
