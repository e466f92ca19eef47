package dev.recount.eventstore.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeafEntryTest {

    private static final TreeHasher HASHER = new TreeHasher();

    /** After a change of this format, no existing log verifies any more. */
    @Test
    void an_entry_is_laid_out_as_documented() {
        assertThat(HexFormat.of().formatHex(entry("issue-7", Instant.parse("2026-01-09T12:08:01.123456Z"))))
                .isEqualTo(
                        "01" // format
                                + "0000000000000003" // sequence
                                + "000647f360744c80" // recorded at
                                + "0198f2d0c0de7abc8def0123456789ab" // event id
                                + "00000001" // revision
                                + "1233fde09b7905809ee804360de016b76d286a07453021fb22f60e2ba9d831c0" // payload
                                + "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" // metadata
                                + "0007" // stream
                                + "69737375652d37"
                                + "000c" // type
                                + "4973737565546f7563686564");
    }

    /** The verifier's tests recompute the same example with code of their own. */
    @Test
    void the_worked_example_of_the_documentation_has_the_hash_that_it_says() {
        var payload = CanonicalJson.of("""
            {"issueId":1,"title":"Export stops after € 10","description":"Line one\\nline \\"two\\"\\t\\u0007🦋",
             "status":"open","assignee":null,"version":1}\
            """);
        var metadata = CanonicalJson.of("{\"requestId\":\"r-1\",\"actor\":\"1\"}");
        var entry = LeafEntry.of(
                "issue-1",
                0,
                UUID.fromString("019b0a1c-0bb8-7000-8000-000000000003"),
                "IssueCreated",
                1,
                HASHER.plain(payload.getBytes(StandardCharsets.UTF_8)),
                HASHER.plain(metadata.getBytes(StandardCharsets.UTF_8)),
                Instant.parse("2026-01-09T12:08:01.123456Z"));
        assertThat(HexFormat.of().formatHex(HASHER.leaf(entry)))
                .isEqualTo("a44cc74aaa6c6cf1cf7035dabd2d26f722cc98814d777bbc395bb42e6499c926");
    }

    @Test
    void a_time_before_1970_is_negative() {
        assertThat(entry("issue-7", Instant.parse("1969-12-31T23:59:59.999999Z")))
                .containsSequence(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
    }

    @Test
    void names_that_do_not_fit_a_bundle_are_refused() {
        assertThat(entry("a".repeat(0xFFFF - 105 - "IssueTouched".length()), Instant.EPOCH))
                .hasSize(0xFFFF);
        assertThatThrownBy(() -> entry("a".repeat(0xFFFF - 104 - "IssueTouched".length()), Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] entry(String stream, Instant recordedAt) {
        return LeafEntry.of(
                stream,
                3,
                UUID.fromString("0198f2d0-c0de-7abc-8def-0123456789ab"),
                "IssueTouched",
                1,
                HASHER.plain("{\"issueId\":7,\"version\":4}".getBytes(StandardCharsets.UTF_8)),
                HASHER.plain("{}".getBytes(StandardCharsets.UTF_8)),
                recordedAt);
    }
}
