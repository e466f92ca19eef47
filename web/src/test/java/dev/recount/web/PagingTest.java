package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|1|10|0",
                "page=1|1|10|0",
                "page=3|3|10|20",
                "page_size=5|1|5|0",
                "page=2&page_size=50|2|50|50",
                "page=2&page_size=51|2|50|50",
                "page_size=99999999999999999999|1|50|0",
                "page_size=007|1|7|0",
                "page=02|2|10|10"
            })
    void the_page_and_its_size_are_read(String query, long number, int size, long offset) {
        Paging paging = paging(query);
        assertThat(paging.number()).isEqualTo(number);
        assertThat(paging.size()).isEqualTo(size);
        assertThat(paging.offset()).isEqualTo(offset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=0",
                "page=-1",
                "page=",
                "page",
                "page=x",
                "page=1.5",
                "page=%2B1",
                "page=1e1",
                "page=last",
                "page=00",
                "page=%D9%A1",
                "page=%00"
            })
    void a_page_that_is_no_positive_number_is_404(String query) {
        assertProblem(query, ProblemType.UNKNOWN_PAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page_size=0",
                "page_size=-1",
                "page_size=",
                "page_size",
                "page_size=x",
                "page_size=1.5",
                "page_size=%2B1",
                "page_size=000",
                "page=1&page=2",
                "page_size=1&page_size=1",
                "page=0&page_size=0"
            })
    void a_bad_size_or_a_repeated_parameter_is_400(String query) {
        assertProblem(query, ProblemType.VALIDATION_FAILED);
    }

    @Test
    void whatever_else_is_wrong_with_the_query_comes_first() {
        QueryParameters query = QueryParameters.parse("/issues", "page=0");
        query.reject("status", "is bad");
        assertThatThrownBy(() -> Paging.of(query))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().errors()).containsOnlyKeys("status"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "''|0|null|null",
                "''|10|null|null",
                "''|11|/issues?page=2|null",
                "page=2|11|null|/issues?page=1",
                "page=2|21|/issues?page=3|/issues?page=1",
                "page=3&page_size=2&status=open|7|/issues?page_size=2&status=open&page=4|/issues?page_size=2&status=open&page=2"
            })
    void a_page_leads_to_its_neighbours(String query, long count, String next, String previous) {
        assertThat(paging(query).page(count, List.of("a"))).isEqualTo(new Page<>(count, next, previous, List.of("a")));
    }

    @ParameterizedTest
    @CsvSource({"page=2,0", "page=2,10", "page=3,20", "page=999999999999,20", "page=9999999999999999999999,20"})
    void a_page_past_the_last_is_404(String query, long count) {
        Paging paging = paging(query);
        assertThatThrownBy(() -> paging.requireWithin(count))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().type()).isEqualTo(ProblemType.UNKNOWN_PAGE));
        assertThatThrownBy(() -> paging.page(count, List.of())).isInstanceOf(ProblemException.class);
    }

    private static Paging paging(String query) {
        return Paging.of(QueryParameters.parse("/issues", query));
    }

    private static void assertProblem(String query, ProblemType type) {
        assertThatThrownBy(() -> paging(query))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().type()).isEqualTo(type));
    }
}
