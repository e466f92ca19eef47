package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static Cursor cursor(String query) {
        return Cursor.of(QueryParameters.parse("/rows", query));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''|0|10", "after=7|7|10", "page_size=5&after=9223372036854775807|9223372036854775807|5"})
    void where_the_part_begins_and_its_size_are_read(String query, long after, int size) {
        assertThat(cursor(query).after()).isEqualTo(after);
        assertThat(cursor(query).size()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=0", "after=-1", "after=", "after=x", "after=07", "after=1&after=1", "page_size=0"})
    void what_is_no_positive_number_is_refused(String query) {
        assertThatThrownBy(() -> cursor(query)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().type()).isEqualTo(ProblemType.VALIDATION_FAILED);
            assertThat(refused.problem().errors()).containsOnlyKeys(query.substring(0, query.indexOf('=')));
        });
    }

    @Test
    void a_part_leads_to_the_next_one_and_the_last_to_nothing() {
        var first = cursor("page_size=2&kind=odd");
        assertThat(first.limit()).isEqualTo(3);
        assertThat(first.part(4, List.of(1L, 3L, 5L), Long::longValue))
                .isEqualTo(new Cursor.Part<>(4, "/rows?page_size=2&kind=odd&after=3", List.of(1L, 3L)));
        var second = cursor("page_size=2&after=3");
        assertThat(second.part(4, List.of(5L, 7L), Long::longValue))
                .isEqualTo(new Cursor.Part<>(4, null, List.of(5L, 7L)));
        assertThat(first.part(0, List.<Long>of(), Long::longValue)).isEqualTo(new Cursor.Part<>(0, null, List.of()));
    }
}
