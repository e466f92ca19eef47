package dev.recount.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamSequencesTest {

    @Test
    void each_of_many_streams_goes_on_by_itself() {
        var sequences = new StreamSequences();
        for (var sequence = 0; sequence < 3; sequence++) {
            for (var stream = 0; stream < 5_000; stream++) {
                assertThat(sequences.take("issue-" + stream, sequence)).isEqualTo(sequence);
            }
        }
    }

    @Test
    void a_stream_goes_on_behind_where_it_was_seen() {
        var sequences = new StreamSequences();
        assertThat(sequences.take("issue-1", 4)).isZero();
        assertThat(sequences.take("issue-1", 5)).isEqualTo(5);
        assertThat(sequences.take("issue-1", 5)).isEqualTo(6);
    }
}
