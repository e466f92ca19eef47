package dev.recount.command.imports;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The refused rows with their errors, written to disk in the form of the response. So a file of bad rows needs no more
 * memory than a file of good ones.
 */
final class RefusedRows implements Closeable {

    private final JsonMapper mapper;
    private final Path directory;
    private @Nullable Spool spool;
    private long count;

    RefusedRows(JsonMapper mapper, Path directory) {
        this.mapper = mapper;
        this.directory = directory;
    }

    /** One of the response's {@code errors}. */
    private record Row(long row, SortedMap<String, List<String>> errors) {}

    /** The file and its output stream. */
    private record Spool(Path file, OutputStream out) {

        static Spool in(Path directory) throws IOException {
            Path file = Files.createTempFile(directory, "refused-", ".json");
            return new Spool(file, new BufferedOutputStream(Files.newOutputStream(file)));
        }
    }

    void add(long row, Map<String, List<String>> errors) {
        try {
            if (spool == null) {
                spool = Spool.in(directory);
            } else {
                spool.out().write(',');
            }
            spool.out().write(mapper.writeValueAsBytes(new Row(row, new TreeMap<>(errors))));
            count++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long count() {
        return count;
    }

    /** Writes the rows as the elements of a JSON list, without its brackets, in the order of the file. */
    void writeTo(OutputStream answer) throws IOException {
        if (spool != null) {
            spool.out().flush();
            Files.copy(spool.file(), answer);
        }
    }

    @Override
    public void close() throws IOException {
        if (spool != null) {
            try {
                spool.out().close();
            } finally {
                Files.delete(spool.file());
            }
        }
    }
}
