package dev.recount.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of C2SP signed-note and of the Go implementation on which it is based. */
class NoteTest {

    private static final String PETER =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    @Test
    void the_example_of_the_go_implementation_is_signed_alike() {
        var key = SigningKey.parse(PETER);
        assertThat(key.verifier().text())
                .isEqualTo("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        assertThat(key.text()).isEqualTo(PETER);
        assertThat(Note.signed("""
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """, List.of(key))).isEqualTo("""
                If you think cryptography is the answer to your problem,
                then you don't know what your problem is.

                — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
                """);
    }

    @Test
    void the_key_of_the_specification_has_its_id_and_verifies_its_note() {
        var text = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
        assertThat(SignedNotes.key(text).text()).isEqualTo(text);
        assertThat(SignedNotes.signers("""
            This is an example message.

            — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """, text)).containsExactly(text);
    }

    @Test
    void a_note_is_signed_by_every_key_in_their_order() {
        var keys = List.of(SigningKey.generate("example.com/log"), SigningKey.parse(PETER));
        var note = Note.signed("one\n\ntwo\n", keys);
        var vkeys = keys.stream().map(key -> key.verifier().text()).toArray(String[]::new);
        assertThat(SignedNotes.signers(note, vkeys)).containsExactly(vkeys);
        assertThat(SignedNotes.signers(note.replace("two", "too"), vkeys)).isEmpty();
    }

    @Test
    void a_checkpoint_is_laid_out_as_in_the_specification() {
        var root = Base64.getDecoder().decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
        assertThat(Note.checkpoint("example.com/behind-the-sofa", 20_852_163, root))
                .isEqualTo("""
                    example.com/behind-the-sofa
                    20852163
                    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
                    """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PRIVATE+KEY+PeterNeumann+c74f20a3",
                "PRIVATE+KEY+PeterNeumann+c74f20a4+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
                "PRIVATE+KEY+Peter Neumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
                "PRIVATE+KEY+PeterNeumann+c74f20a3+AoEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
                "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1",
                "PRIVATE+KEY+PeterNeumann+c74f20a3+?"
            })
    void what_is_no_private_key_is_refused_and_not_repeated(String text) {
        assertThatThrownBy(() -> SigningKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("AYEKFALVFGyNhPJ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a+b", "non\u00a0breaking", "line\nfeed", "\u2003"})
    void a_name_that_would_break_a_signature_line_is_refused(String name) {
        assertThatThrownBy(() -> SigningKey.generate(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
