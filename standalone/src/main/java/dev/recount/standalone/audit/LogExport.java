package dev.recount.standalone.audit;

import dev.recount.verifier.DatabaseLog;
import dev.recount.verifier.ExportManifest;
import dev.recount.verifier.Hash;
import dev.recount.verifier.MerkleTree;
import dev.recount.verifier.Report;
import dev.recount.verifier.Verification;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a complete log to a file in the format of docs/audit.md, and verifies it at the same time.
 *
 * <p>A log that is not intact is written unchanged, because the file is evidence.
 */
public final class LogExport {

    private static final int BUFFER = 1 << 18;

    private static final String TREE = "SELECT size, frontier FROM log_tree";

    private static final String CHECKPOINT = """
        SELECT note
        FROM checkpoint
        WHERE size <= ?
        ORDER BY size DESC, number DESC
        LIMIT 1
        """;

    private static final String KEYS = "SELECT vkey FROM checkpoint_key ORDER BY first_used_at, vkey";

    private final Connection connection;
    private final String origin;

    private LogExport(Connection connection, String origin) {
        this.connection = connection;
        this.origin = origin;
    }

    /**
     * Writes the file, compressed if its name ends in {@code .gz}. An existing file is not overwritten.
     *
     * @param configuredOrigin the log's name, blank if it has none
     * @param progress receives the positions written
     */
    public static Report write(DataSource dataSource, String configuredOrigin, Path file, LongConsumer progress)
            throws IOException, SQLException, InterruptedException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try (var connection = LogSnapshot.connect(dataSource)) {
            var export = new LogExport(connection, LogOrigin.of(connection, configuredOrigin));
            var report = export.write(unfinished, file.toString().endsWith(".gz"), progress);
            connection.rollback();
            Files.move(unfinished, file);
            return report;
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private Report write(Path file, boolean compressed, LongConsumer progress)
            throws IOException, SQLException, InterruptedException {
        try (var out = open(file, compressed)) {
            return write(out, progress);
        }
    }

    private static OutputStream open(Path file, boolean compressed) throws IOException {
        var out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        return new BufferedOutputStream(compressed ? new GZIPOutputStream(out, BUFFER) : out, BUFFER);
    }

    private Report write(OutputStream out, LongConsumer progress)
            throws IOException, SQLException, InterruptedException {
        out.write(manifest());
        var line = new ExportedLine();
        try (var log = DatabaseLog.open(connection, "the database", origin, List.of())) {
            return Verification.of(log, List.of(), leaf -> {
                write(line.of(leaf), out);
                progress.accept(leaf.position());
            });
        }
    }

    private static void write(byte[] line, OutputStream out) {
        try {
            out.write(line);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private byte[] manifest() throws SQLException {
        long size;
        Hash root;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(TREE)) {
            row.next();
            size = row.getLong(1);
            root = MerkleTree.of(size, row.getBytes(2)).root();
        }
        Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
        manifest.put("format", ExportManifest.FORMAT);
        manifest.put("origin", origin);
        manifest.put("tree_size", size);
        manifest.put("root_hash", root.toString());
        manifest.put("checkpoint", checkpoint(size));
        manifest.put("keys", keys());
        manifest.put("exported_at", Instant.now().toString());
        return (JsonMapper.shared().writeValueAsString(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable String checkpoint(long size) throws SQLException {
        try (var select = connection.prepareStatement(CHECKPOINT)) {
            select.setLong(1, size);
            try (var row = select.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private List<String> keys() throws SQLException {
        List<String> keys = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(KEYS)) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }
}
