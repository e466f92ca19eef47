package dev.recount.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void groups_with_wishes_of_their_own_run_only_where_they_are_named() {
        assertThat(Options.parse().wants("writes")).isTrue();
        assertThat(Options.parse().wants("rebuild")).isFalse();
        var named = Options.parse("--only=rebuild,growth", "--events=5000");
        assertThat(named.wants("rebuild")).isTrue();
        assertThat(named.wants("growth")).isTrue();
        assertThat(named.wants("writes")).isFalse();
        assertThat(named.events()).isEqualTo(5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--only=htpp", "--only=", "--event=5", "--events=many", "events=5"})
    void what_it_does_not_know_is_refused(String argument) {
        assertThatThrownBy(() -> Options.parse(argument)).isInstanceOf(IllegalArgumentException.class);
    }
}
