package dev.recount.verifier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** A log as exported with the key, and as forged without it. */
final class SealedLog {

    static final String ORIGIN = "recount/test";
    private static final KeyPair PAIR = pair();
    static final VerifierKey KEY = VerifierKey.parse(vkey());

    /** A line of an export. */
    record Line(
            long position,
            String stream,
            long sequence,
            String payload,
            String metadata,
            String recordedAt,
            byte[] hashes) {

        LogEvent event() {
            return new LogEvent(
                    position,
                    stream,
                    sequence,
                    eventId(),
                    "IssueTouched",
                    1,
                    canonical(payload),
                    canonical(metadata),
                    Micros.parse(recordedAt));
        }

        byte[] leafHash() {
            return new LeafHasher().hash(event());
        }

        Line at(long newPosition) {
            return new Line(newPosition, stream, sequence, payload, metadata, recordedAt, hashes);
        }

        Line withPayload(String other) {
            return new Line(position, stream, sequence, other, metadata, recordedAt, hashes);
        }

        Line withMetadata(String other) {
            return new Line(position, stream, sequence, payload, other, recordedAt, hashes);
        }

        Line withRecordedAt(String other) {
            return new Line(position, stream, sequence, payload, metadata, other, hashes);
        }

        Line inItsOwnStream() {
            return new Line(position, "issue-" + position, 0, payload, metadata, recordedAt, hashes);
        }

        Line withHashes(byte[] other) {
            return new Line(position, stream, sequence, payload, metadata, recordedAt, other);
        }

        private UUID eventId() {
            return new UUID(0x7000, stream.hashCode() * 1_000L + sequence);
        }

        private String json() {
            return "{\"position\":%d,\"stream\":\"%s\",\"sequence\":%d,\"event_id\":\"%s\",\"type\":\"IssueTouched\",\"revision\":1,\"payload\":%s,\"metadata\":%s,\"recorded_at\":\"%s\",\"hashes\":\"%s\"}"
                    .formatted(position, stream, sequence, eventId(), payload, metadata, recordedAt, base64(hashes));
        }

        private static byte[] canonical(String json) {
            var bytes = json.getBytes(StandardCharsets.UTF_8);
            return new CanonicalJson().of(bytes, 0, bytes.length);
        }
    }

    /** The file's lines, which a test may change. */
    final List<Line> lines = new ArrayList<>();
    /** The leaf hashes at the time of hashing. */
    private final List<byte[]> leafHashes = new ArrayList<>();

    String checkpoint;

    private SealedLog() {}

    /** Issues in turns, three events each. */
    static SealedLog of(int size) {
        var log = new SealedLog();
        for (var i = 0; i < size; i++) {
            log.lines.add(new Line(
                    i + 1,
                    "issue-" + (i / 6 * 2 + i % 2 + 1),
                    i / 2 % 3,
                    "{\"issueId\":%d,\"version\":%d}".formatted(i / 6 * 2 + i % 2 + 1, i / 2 % 3),
                    "{\"actor\":\"3\"}",
                    Instant.ofEpochSecond(1_767_960_000 + i).toString().replace("Z", ".000000Z"),
                    new byte[0]));
        }
        log.seal();
        return log;
    }

    /** Recomputes all hashes and signs the root. */
    void seal() {
        rehash();
        checkpoint = checkpoint(lines.size());
    }

    /** Recomputes all hashes without signing, as a forger without the key can. */
    void rehash() {
        leafHashes.clear();
        lines.forEach(line -> leafHashes.add(line.leafHash()));
        for (var position = 1; position <= lines.size(); position++) {
            var hashes = new ByteArrayOutputStream();
            hashes.writeBytes(leafHashes.get(position - 1));
            for (var leaves = 2; position % leaves == 0; leaves *= 2) {
                hashes.writeBytes(
                        root(leafHashes.subList(position - leaves, position)).bytes());
            }
            lines.set(position - 1, lines.get(position - 1).withHashes(hashes.toByteArray()));
        }
    }

    void renumber() {
        for (var i = 0; i < lines.size(); i++) {
            lines.set(i, lines.get(i).at(i + 1));
        }
    }

    Hash root(int size) {
        return root(leafHashes.subList(0, size));
    }

    private static Hash root(List<byte[]> leafHashes) {
        var tree = new MerkleTree();
        leafHashes.forEach(tree::append);
        return tree.root();
    }

    String checkpoint(int size) {
        var text = ORIGIN + "\n" + size + "\n" + root(size) + "\n";
        return text + "\n— " + ORIGIN + " " + base64(join(HexBytes.of(KEY.id()), sign(text))) + "\n";
    }

    Witness witness(int size) {
        return Witness.of("a drawer", Checkpoint.parse(checkpoint(size), List.of(KEY)));
    }

    Path export(Path directory) {
        var text = new StringBuilder("{\"format\":\"recount-export/1\",\"origin\":\"" + ORIGIN + "\",\"tree_size\":"
                + leafHashes.size() + ",\"root_hash\":\"" + root(leafHashes.size()) + "\",\"checkpoint\":\""
                + checkpoint.replace("\n", "\\n") + "\",\"keys\":[\"" + vkey() + "\"]}\n");
        lines.forEach(line -> text.append(line.json()).append('\n'));
        try {
            return Files.writeString(directory.resolve("export.ndjson"), text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String vkey() {
        var encoded = PAIR.getPublic().getEncoded();
        var typed = join(new byte[] {1}, Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        var digest = Sha256.digest().digest(join((ORIGIN + "\n").getBytes(StandardCharsets.UTF_8), typed));
        return "%s+%08x+%s".formatted(ORIGIN, ByteBuffer.wrap(digest).getInt(), base64(typed));
    }

    private static byte[] sign(String text) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(PAIR.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class HexBytes {
        static byte[] of(String hex) {
            return java.util.HexFormat.of().parseHex(hex);
        }
    }

    private static byte[] join(byte[] one, byte[] other) {
        var joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
