package dev.recount.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueEvent;
import dev.recount.eventstore.read.LogTree;
import dev.recount.eventstore.testing.SealCheck;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.eventstore.tree.ReferenceTree;
import dev.recount.eventstore.tree.TreeHasher;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Compares responses on a fixed log of 600 events with a recomputed tree. */
class AuditOverHttpTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final int SIZE = 600;
    private static final TreeHasher HASHER = new TreeHasher();

    @TempDir
    private static Path directory;

    private static TestDatabase database;
    private static QueryServer server;
    private static ReferenceTree tree;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(
                database,
                List.of(AuditConfiguration.class),
                "--recount.audit.key-file=" + directory.resolve("audit.key"),
                "--recount.audit.origin=example.com/recount");
        for (var stream = 1; stream <= 6; stream++) {
            var touched = new ArrayList<Object>();
            for (var version = 1; version <= SIZE / 6; version++) {
                touched.add(new IssueTouched(stream, version));
            }
            server.append(Events.of(NOON, "issue-" + stream, 0, touched.toArray()));
        }
        SealCheck.check(database.dataSource());
        tree = new ReferenceTree(server.context().getBean(LogTree.class).roots(0, 0, SIZE));
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @Test
    void a_checkpoint_is_signed_by_the_key_that_is_told() {
        var answer = server.getText("/audit/checkpoint");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(SignedNotes.text(answer.body()))
                .isEqualTo("example.com/recount\n600\n%s\n".formatted(base64(tree.root(SIZE))));
        var keys = server.get("/audit/keys").json();
        assertThat(keys).hasSize(1);
        var vkey = keys.get(0).get("vkey").asString();
        assertThat(vkey).startsWith("example.com/recount+");
        assertThat(keys.get(0).get("first_used_at").asString()).endsWith("Z");
        assertThat(SignedNotes.signers(answer.body(), vkey)).containsExactly(vkey);
    }

    @Test
    void a_checkpoint_that_was_issued_is_kept_once() {
        var note = server.getText("/audit/checkpoint").body();
        assertThat(server.getText("/audit/checkpoint").body()).isEqualTo(note);
        var kept = server.get("/audit/checkpoints?page_size=50").json().get("results");
        var last = kept.get(kept.size() - 1);
        assertThat(last.get("note").asString()).isEqualTo(note);
        assertThat(last.get("size").asLong()).isEqualTo(SIZE);
        assertThat(last.get("root_hash").asString()).isEqualTo(base64(tree.root(SIZE)));
        assertThat(StreamSupport.stream(kept.spliterator(), false)
                        .filter(checkpoint -> checkpoint.get("note").asString().equals(note)))
                .hasSize(1);
        var number = last.get("number").asLong();
        assertThat(server.get("/audit/checkpoints?after=" + number).json().get("results"))
                .isEmpty();
    }

    @Test
    void tiles_hold_the_tree() {
        assertThat(tile("0/000")).isEqualTo(leaves(0, 256));
        assertThat(tile("0/001")).isEqualTo(leaves(256, 512));
        assertThat(tile("0/002.p/88")).isEqualTo(leaves(512, 600));
        assertThat(tile("0/002.p/1")).isEqualTo(leaves(512, 513));
        assertThat(tile("0/001.p/7")).isEqualTo(leaves(256, 263));
        assertThat(tile("1/000.p/2")).isEqualTo(concatenated(List.of(tree.hash(0, 256), tree.hash(256, 512))));
    }

    @Test
    void bundles_hold_what_the_leaves_are_the_hashes_of() {
        var leaves = new ArrayList<byte[]>();
        for (var path : List.of("entries/000", "entries/001", "entries/002.p/88")) {
            var bundle = ByteBuffer.wrap(tile(path));
            while (bundle.hasRemaining()) {
                var entry = new byte[Short.toUnsignedInt(bundle.getShort())];
                bundle.get(entry);
                leaves.add(HASHER.leaf(entry));
            }
        }
        assertThat(concatenated(leaves)).isEqualTo(leaves(0, SIZE));
    }

    @Test
    void a_tile_may_be_kept_for_ever() {
        var answer = get("/audit/tile/0/000");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("max-age=31536000, public, immutable");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0/002",
                "0/002.p/89",
                "0/003.p/1",
                "1/000",
                "1/000.p/3",
                "2/000.p/1",
                "entries/002",
                "0/0",
                "0/x000/000",
                "64/000",
                "entries/000.p/0",
                "nonsense",
                "",
                "0/000.p/256"
            })
    void what_is_no_tile_of_this_log_is_not_found(String path) {
        var answer = server.get("/audit/tile/" + path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @CsvSource({"1, 600", "600, 600", "257, 511", "512, 513", "1, 1", "88, 89"})
    void an_inclusion_proof_convinces(long position, long size) {
        var proof = server.get("/audit/proofs/inclusion?position=%d&size=%d".formatted(position, size))
                .json();
        assertThat(proof.get("position").asLong()).isEqualTo(position);
        assertThat(proof.get("leaf_index").asLong()).isEqualTo(position - 1);
        assertThat(proof.get("tree_size").asLong()).isEqualTo(size);
        var leaf = HASHER.leaf(bytes(proof.get("entry")));
        assertThat(bytes(proof.get("leaf_hash"))).isEqualTo(leaf);
        assertThat(bytes(proof.get("root_hash"))).isEqualTo(tree.root(size));
        assertThat(ReferenceTree.isIncluded(leaf, position - 1, size, hashes(proof), tree.root(size)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 600", "600, 600", "256, 512", "100, 101", "599, 600", "7, 500"})
    void a_consistency_proof_convinces(long from, long to) {
        var proof = server.get("/audit/proofs/consistency?from=%d&to=%d".formatted(from, to))
                .json();
        assertThat(bytes(proof.get("from_root_hash"))).isEqualTo(tree.root(from));
        assertThat(bytes(proof.get("to_root_hash"))).isEqualTo(tree.root(to));
        assertThat(ReferenceTree.isConsistent(from, to, hashes(proof), tree.root(from), tree.root(to)))
                .isTrue();
    }

    @Test
    void proofs_are_about_the_whole_log_where_nothing_else_is_said() {
        assertThat(server.get("/audit/proofs/inclusion?position=3")
                        .json()
                        .get("tree_size")
                        .asLong())
                .isEqualTo(SIZE);
        assertThat(server.get("/audit/proofs/consistency?from=3")
                        .json()
                        .get("to")
                        .asLong())
                .isEqualTo(SIZE);
    }

    @ParameterizedTest
    @CsvSource({
        "inclusion, position",
        "inclusion?position=0, position",
        "inclusion?position=x, position",
        "inclusion?position=601, position",
        "inclusion?position=9&size=8, position",
        "inclusion?position=1&size=601, size",
        "inclusion?position=1&position=2, position",
        "inclusion?position=99999999999999999999, position",
        "consistency, from",
        "consistency?from=601, from",
        "consistency?from=5&to=4, from",
        "consistency?from=5&to=601, to",
        "consistency?from=5&to=0, to"
    })
    void a_proof_of_what_cannot_be_is_refused(String query, String parameter) {
        var answer = server.get("/audit/proofs/" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("validation-failed");
        assertThat(answer.json().get("errors").has(parameter)).isTrue();
    }

    private static byte[] leaves(int from, int to) {
        return concatenated(tree.leaves().subList(from, to));
    }

    private static byte[] concatenated(List<byte[]> hashes) {
        var all = ByteBuffer.allocate(hashes.size() * TreeHasher.HASH_BYTES);
        hashes.forEach(all::put);
        return all.array();
    }

    private static byte[] tile(String path) {
        var answer = get("/audit/tile/" + path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static HttpResponse<byte[]> get(String address) {
        try {
            return server.client()
                    .send(HttpRequest.newBuilder(server.uri(address)).build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<byte[]> hashes(JsonNode proof) {
        return StreamSupport.stream(proof.get("hashes").spliterator(), false)
                .map(AuditOverHttpTest::bytes)
                .toList();
    }

    private static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asString());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
