package dev.recount.command.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.axonframework.common.IdentifierFactory;
import org.junit.jupiter.api.Test;

class EventIdsTest {

    @Test
    void axon_finds_them() {
        assertThat(IdentifierFactory.getInstance()).isInstanceOf(EventIds.class);
    }

    @Test
    void they_are_uuids_of_version_7_that_tell_the_time() {
        long before = System.currentTimeMillis();
        UUID id = UUID.fromString(new EventIds().generateIdentifier());
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void they_rise_also_within_a_millisecond() {
        EventIds ids = new EventIds();
        List<String> inOrder = IntStream.range(0, 20_000)
                .mapToObj(i -> ids.generateIdentifier())
                .toList();
        assertThat(inOrder).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void threads_and_processes_never_make_the_same() throws Exception {
        EventIds ids = new EventIds();
        EventIds otherProcess = new EventIds();
        Callable<List<String>> many = () -> IntStream.range(0, 5_000)
                .mapToObj(i -> List.of(ids.generateIdentifier(), otherProcess.generateIdentifier()))
                .flatMap(List::stream)
                .toList();
        List<String> all = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var made : threads.invokeAll(List.of(many, many, many, many))) {
                all.addAll(made.get());
            }
        }
        assertThat(all).hasSize(40_000).doesNotHaveDuplicates();
    }
}
