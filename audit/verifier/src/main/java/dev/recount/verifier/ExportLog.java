package dev.recount.verifier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A log in a file of one JSON object a line, optionally compressed by gzip. */
public final class ExportLog implements LogSource {

    private static final int PORTION = 1 << 20;
    private static final int MAX_MANIFEST = 1 << 20;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final Path file;
    private final InputStream input;
    private final ExportManifest manifest;
    private final List<VerifierKey> keys;
    private final List<Witness> witnesses = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    /** The beginning of a line that is not yet read to its end. */
    private byte[] begun = new byte[0];
    /** Thrown after the readable part before it has been passed on. */
    private @Nullable IOException broken;

    private ExportLog(Path file, InputStream input, Collection<VerifierKey> keys) throws IOException {
        this.file = file;
        this.input = input;
        this.manifest = ExportManifest.parse(firstLine(input));
        this.keys = keys.isEmpty()
                ? manifest.keys().stream().map(VerifierKey::parse).toList()
                : List.copyOf(keys);
        if (manifest.checkpoint() != null) {
            weigh(manifest.checkpoint());
        }
    }

    /**
     * Reads the manifest.
     *
     * @param keys known from elsewhere; if empty, the keys in the export
     * @throws MalformedLogException if the file is no export
     */
    public static ExportLog open(Path file, Collection<VerifierKey> keys) throws IOException {
        var input = decompressed(Files.newInputStream(file));
        try {
            return new ExportLog(file, input, keys);
        } catch (IOException | RuntimeException refused) {
            input.close();
            throw refused;
        }
    }

    private static InputStream decompressed(InputStream file) throws IOException {
        var input = new PushbackInputStream(file, 2);
        var start = input.readNBytes(2);
        input.unread(start);
        return start.length == 2 && (start[0] & 0xff) == GZIP_FIRST && (start[1] & 0xff) == GZIP_SECOND
                ? new GZIPInputStream(input, 1 << 16)
                : input;
    }

    private static byte[] firstLine(InputStream input) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0 || line.size() == MAX_MANIFEST) {
                throw new MalformedLogException("the first line is no manifest of an export");
            }
            line.write(next);
        }
        return line.toByteArray();
    }

    private void weigh(String checkpoint) {
        try {
            var signed = Checkpoint.parse(checkpoint, keys);
            if (!signed.origin().equals(manifest.origin())) {
                throw new MalformedLogException("it is of another log, " + signed.origin());
            }
            witnesses.add(Witness.of("the manifest", signed));
        } catch (MalformedLogException refused) {
            findings.add(new Finding(
                    Fault.CHECKPOINT, null, "The manifest's checkpoint does not hold: " + refused.getMessage() + "."));
        }
    }

    public ExportManifest manifest() {
        return manifest;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public String origin() {
        return manifest.origin();
    }

    @Override
    public Witness head() {
        return new Witness("the manifest", manifest.treeSize(), manifest.rootHash(), false);
    }

    @Override
    public List<VerifierKey> keys() {
        return keys;
    }

    @Override
    public List<Witness> witnesses() {
        return List.copyOf(witnesses);
    }

    @Override
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    @Override
    public @Nullable Portion next() throws IOException {
        var bytes = Arrays.copyOf(begun, Math.max(PORTION, begun.length * 2));
        var filled = fill(bytes, begun.length);
        var ended = filled < bytes.length;
        var end = ended ? filled : endOfLastLine(bytes);
        begun = Arrays.copyOfRange(bytes, end, filled);
        if (end == 0) {
            return ended ? end() : next();
        }
        return () -> lines(bytes, end);
    }

    private int fill(byte[] bytes, int from) {
        var filled = from;
        try {
            while (broken == null && filled < bytes.length) {
                var read = input.read(bytes, filled, bytes.length - filled);
                if (read < 0) {
                    break;
                }
                filled += read;
            }
        } catch (IOException e) {
            broken = e;
        }
        return filled;
    }

    private @Nullable Portion end() throws IOException {
        if (broken != null) {
            throw broken;
        }
        return null;
    }

    private static int endOfLastLine(byte[] bytes) {
        var end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<Leaf> lines(byte[] bytes, int end) {
        List<Leaf> leaves = new ArrayList<>();
        var line = new ExportLine();
        for (int from = 0, to = 0; from < end; from = to + 1) {
            for (to = from; to < end && bytes[to] != '\n'; ) {
                to++;
            }
            leaves.add(line.read(bytes, from, to - from));
        }
        return leaves;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
