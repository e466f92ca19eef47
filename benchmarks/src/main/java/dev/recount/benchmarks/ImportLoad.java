package dev.recount.benchmarks;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/** Imports the same rows over HTTP and, as the floor, copies them into a bare table: rows per second of each. */
final class ImportLoad {

    private static final String BOUNDARY = "recount-benchmark-boundary";

    private final int rows;
    private final String csv;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ImportLoad(int rows) {
        this.rows = rows;
        this.csv = csv(rows);
    }

    private static String csv(int rows) {
        StringBuilder csv = new StringBuilder("title,description,status,assignee\n");
        for (int row = 1; row <= rows; row++) {
            csv.append(Texts.TITLE)
                    .append(' ')
                    .append(row)
                    .append(",\"")
                    .append(Texts.DESCRIPTION)
                    .append("\",")
                    .append(row % 3 == 0 ? "resolved" : "open")
                    .append(row % 2 == 0 ? ",1\n" : ",\n");
        }
        return csv.toString();
    }

    double importedPerSecond(int port) throws IOException, InterruptedException {
        String body = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"issues.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n" + csv + "\r\n--" + BOUNDARY + "--\r\n";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/issues/import"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)))
                .build();
        long start = System.nanoTime();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        double perSecond = perSecondSince(start);
        if (answer.statusCode() != 200 || !answer.body().contains("\"created\":" + rows + ",")) {
            throw new IllegalStateException("The import's response was " + answer.statusCode() + " " + answer.body());
        }
        return perSecond;
    }

    double copiedPerSecond(JdbcFloor database) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS benchmark_copy");
            statement.execute(
                    "CREATE TABLE benchmark_copy (title text, description text, status text, assignee bigint)");
            long start = System.nanoTime();
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY benchmark_copy FROM STDIN WITH (FORMAT csv, HEADER true)", new StringReader(csv));
            return perSecondSince(start);
        }
    }

    private double perSecondSince(long start) {
        return rows * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start);
    }
}
