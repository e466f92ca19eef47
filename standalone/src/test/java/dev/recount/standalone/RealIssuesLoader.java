package dev.recount.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** Posts every row of a CSV file of issues one by one, like a client without import. */
record RealIssuesLoader(Client client) {

    /** A row, the body made of it, and Recount's response. */
    record Posted(int row, Map<String, Object> body, Client.Answer answer) {}

    /** Manual use: the address of a Recount, and the file. */
    static void main(String[] arguments) throws IOException {
        List<Posted> posted = new RealIssuesLoader(Client.of(URI.create(arguments[0]))).load(Path.of(arguments[1]));
        posted.stream()
                .filter(row -> row.answer().status() != 201)
                .forEach(row ->
                        System.out.println(row.row() + ": " + row.answer().body()));
        System.out.println(posted.size() + " rows");
    }

    List<Posted> load(Path file) throws IOException {
        List<Posted> posted = new ArrayList<>();
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerFor(Map.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(file)) {
            while (rows.hasNext()) {
                Map<String, Object> body = body(rows.next());
                posted.add(new Posted(posted.size() + 1, body, client.post("/issues", body)));
            }
        }
        return posted;
    }

    private static Map<String, Object> body(Map<String, String> row) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("title", row.get("title"));
        body.put("description", row.get("description"));
        if (!row.get("status").isBlank()) {
            body.put("status", row.get("status"));
        }
        if (!row.get("assignee").isBlank()) {
            body.put("assignee", Long.valueOf(row.get("assignee").strip()));
        }
        return body;
    }
}
