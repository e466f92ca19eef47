package dev.recount.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/audit.md, step by step, and with each of its bytes changed. */
class WorkedExampleTest {

    @TempDir
    Path directory;

    private final List<String> lines = WorkedExample.lines();

    @Test
    void an_entry_has_the_bytes_that_are_documented() {
        var leaf = new ExportLine().read(bytes(lines.get(3)), 0, bytes(lines.get(3)).length);
        var event = leaf.event();
        assertThat(new String(event.payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"assignee\":null,\"description\":\"Line one\\nline \\\"two\\\"\\t\\u0007🦋\","
                        + "\"issueId\":1,\"status\":\"open\",\"title\":\"Export stops after € 10\",\"version\":1}");
        assertThat(new LeafHasher().entry(event))
                .asHexString()
                .isEqualToIgnoringCase("010000000000000000000647f360744c80019b0a1c0bb87000800000000000000300000001"
                        + "f3a5629833a381467fe0cbb30e893b64d183d43f5e767c04d64003db9eddb655"
                        + "2f4d6e0d5b2f3497cbb8f66ae4b72adbaa274be26a678aa69024adbd4fa882a6"
                        + "000769737375652d31000c497373756543726561746564");
        assertThat(leaf.hash())
                .asHexString()
                .isEqualToIgnoringCase("a44cc74aaa6c6cf1cf7035dabd2d26f722cc98814d777bbc395bb42e6499c926");
    }

    @Test
    void the_example_is_intact_and_so_is_its_beginning() throws Exception {
        var report = verify(String.join("\n", lines) + "\n", earlier());
        assertThat(report.findings()).isEmpty();
        assertThat(report.root()).hasToString("fa1VxWDEopMLQ9eoV8C7DeeToZ25Nq04uTRiclDnbTE=");
        assertThat(report.intactUpTo()).isEqualTo(5);
    }

    @Test
    void a_compressed_export_is_read_as_well_and_a_torn_one_is_not_intact() throws Exception {
        var file = directory.resolve("export.ndjson.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(bytes(String.join("\n", lines) + "\n"));
        }
        assertThat(verify(file).isIntact()).isTrue();
        var whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 100));
        assertThat(verify(file).findings()).extracting(Finding::fault).contains(Fault.UNREADABLE);
    }

    /** A line's bytes are the event, so every change is detected, except between the tokens of JSON. */
    @Test
    void no_byte_of_an_event_can_be_changed_unseen() throws Exception {
        for (var position = 1; position <= 5; position++) {
            var line = bytes(lines.get(position));
            for (var at = 0; at < line.length; at++) {
                var changed = line.clone();
                changed[at] ^= 1;
                var leaf = new ExportLine().read(changed, 0, changed.length);
                var original = new ExportLine().read(line, 0, line.length);
                assertThat(leaf.fault() != null
                                || leaf.position() != original.position()
                                || !Arrays.equals(leaf.hash(), original.hash())
                                || !Arrays.equals(leaf.recorded(), original.recorded()))
                        .as("byte %d of position %d: %s", at, position, new String(changed, StandardCharsets.UTF_8))
                        .isTrue();
            }
        }
    }

    @Test
    void every_line_that_is_not_as_it_should_be_is_named() throws Exception {
        var line = lines.get(3);
        for (var bad : Stream.of(
                        "",
                        "[]",
                        "null",
                        line + line,
                        line.replace("\"sequence\":0,", ""),
                        line.replace("\"sequence\":0,", "\"sequence\":0,\"sequence\":0,"),
                        line.replace("\"sequence\":0,", "\"sequence\":0,\"note\":0,"),
                        line.replace("\"sequence\":0,", "\"sequence\":\"0\","),
                        line.replace("\"revision\":1", "\"revision\":4294967297"),
                        line.replace("019b0a1c-0bb8", "019B0A1C-0BB8"),
                        line.replace("01.123456Z", "01.1234560Z"),
                        line.replace("2026-01-09", "2026-02-30"),
                        line.replace("12:08:01", "12:60:01"),
                        line.replace("\"issueId\":1", "\"issueId\":1,\"issueId\":1"),
                        line.substring(0, line.length() - 1))
                .toList()) {
            var report = verify(String.join("\n", lines).replace(line, bad) + "\n");
            assertThat(report.findings()).as(bad).isNotEmpty();
            assertThat(report.findings().getFirst().fault()).as(bad).isEqualTo(Fault.UNREADABLE);
            assertThat(report.firstBad()).as(bad).isEqualTo(Stretch.of(3));
        }
    }

    @Test
    void the_document_shows_what_is_computed() throws Exception {
        var document = Files.readString(Path.of("..", "..", "docs", "audit.md"));
        var unbroken = document.replaceAll("\\s", "");
        var tree = new MerkleTree();
        for (var position = 1; position <= 5; position++) {
            var line = bytes(lines.get(position));
            var leaf = new ExportLine().read(line, 0, line.length);
            assertThat(document).contains(hex(leaf.hash()));
            tree.append(leaf.hash());
            if (position == 3) {
                assertThat(document)
                        .contains(lines.get(3), new String(leaf.event().payload(), StandardCharsets.UTF_8));
                assertThat(document).contains(new String(leaf.event().metadata(), StandardCharsets.UTF_8));
                assertThat(document)
                        .contains(hex(Sha256.digest().digest(leaf.event().payload())));
                assertThat(unbroken).contains(hex(new LeafHasher().entry(leaf.event())));
                assertThat(document).contains(hex(tree.root().bytes()));
            }
        }
        assertThat(document).contains(hex(tree.root().bytes()), WorkedExample.KEY);
        assertThat(unbroken).contains(WorkedExample.checkpoint(5).replaceAll("\\s", ""));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private Witness earlier() {
        return Witness.of(
                "a drawer",
                Checkpoint.parse(WorkedExample.checkpoint(3), List.of(VerifierKey.parse(WorkedExample.KEY))));
    }

    private Report verify(String text, Witness... known) throws Exception {
        return verify(Files.writeString(directory.resolve("export.ndjson"), text), known);
    }

    private static Report verify(Path file, Witness... known) throws Exception {
        try (var source = ExportLog.open(file, List.of())) {
            return Verification.of(source, List.of(known), _ -> {});
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
