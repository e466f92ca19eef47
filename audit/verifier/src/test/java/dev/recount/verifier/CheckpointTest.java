package dev.recount.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

    /** Key and note are the example of Go's package golang.org/x/mod/sumdb/note, the source of the format. */
    private static final String GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String GO_NOTE = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
        """;

    private static final VerifierKey KEY = VerifierKey.parse(WorkedExample.KEY);
    private static final String NOTE = WorkedExample.checkpoint(5);

    @Test
    void a_note_that_others_signed_is_verified() {
        var key = VerifierKey.parse(GO_KEY);
        assertThat(SignedNote.parse(GO_NOTE).signers(List.of(key))).containsExactly(key);
        assertThatThrownBy(() ->
                        SignedNote.parse(GO_NOTE.replace("answer", "Answer")).signers(List.of(key)))
                .isInstanceOf(MalformedLogException.class)
                .hasMessageContaining("does not fit");
        assertThat(SignedNote.parse(GO_NOTE).signers(List.of(KEY))).isEmpty();
    }

    @Test
    void a_checkpoint_says_which_root_the_log_had_and_who_says_so() {
        var checkpoint = Checkpoint.parse(NOTE, List.of(VerifierKey.parse(GO_KEY), KEY));
        assertThat(checkpoint.origin()).isEqualTo("recount/3f0f6c1e-6f0c-4a57-9d3c-0a5b6f3f2c11");
        assertThat(checkpoint.size()).isEqualTo(5);
        assertThat(checkpoint.root()).hasToString("fa1VxWDEopMLQ9eoV8C7DeeToZ25Nq04uTRiclDnbTE=");
        assertThat(checkpoint.signers()).containsExactly(KEY);
    }

    @Test
    void signatures_by_others_are_passed_by() {
        var cosigned = NOTE + "— witness.example/w1 AAAAAAECAwQ=\n";
        assertThat(Checkpoint.parse(cosigned, List.of(KEY)).signers()).containsExactly(KEY);
    }

    @Test
    void what_none_of_the_known_keys_signed_is_refused() {
        assertThatThrownBy(() -> Checkpoint.parse(NOTE, List.of(VerifierKey.parse(GO_KEY))))
                .isInstanceOf(MalformedLogException.class)
                .hasMessageContaining("none of the known keys");
    }

    @ParameterizedTest
    @CsvSource({
        "'\n5\n', '\n6\n'",
        "'fa1Vx', 'fa1Vy'",
        "'/Na+ZwES', '/Na+ZwET'",
        "'recount/3f0f6c1e', 'recount/4f0f6c1e'"
    })
    void whatever_is_changed_makes_it_no_checkpoint(String from, String to) {
        assertThat(NOTE).contains(from);
        assertThatThrownBy(() -> Checkpoint.parse(NOTE.replace(from, to), List.of(KEY)))
                .isInstanceOf(MalformedLogException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "origin\n1\nAA==\n",
                "a\n\n",
                "a\n\nb\n",
                "a\n\n— b\n",
                "a\n\n— b ????\n",
                "a\n\n— b AAAA\n"
            })
    void what_is_no_note_is_refused(String note) {
        assertThatThrownBy(() -> Checkpoint.parse(note, List.of(KEY))).isInstanceOf(MalformedLogException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PeterNeumann",
                "PeterNeumann+c74f20a3",
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc2QcU",
                "PeterNeumann+c74f20a3+????"
            })
    void what_is_no_key_is_refused(String key) {
        assertThatThrownBy(() -> VerifierKey.parse(key)).isInstanceOf(MalformedLogException.class);
    }
}
