package dev.recount.query.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimSharesTest {

    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);
    private static final UUID THREE = new UUID(0, 3);

    @Test
    void a_node_that_joins_another_takes_half() {
        assertThat(ClaimShares.surplus(TWO, Map.of("a", ONE, "b", ONE, "c", ONE, "d", ONE), Set.of("a", "b", "c", "d")))
                .isEqualTo(Map.of("c", ONE, "d", ONE));
        assertThat(ClaimShares.surplus(TWO, Map.of("a", ONE, "b", ONE, "c", ONE), Set.of("a", "b", "c")))
                .isEqualTo(Map.of("c", ONE));
    }

    @Test
    void a_third_takes_from_whoever_has_most() {
        assertThat(ClaimShares.surplus(
                        THREE,
                        Map.of("a", ONE, "b", ONE, "c", ONE, "d", TWO, "e", TWO, "f", TWO, "g", TWO),
                        Set.of("a", "b", "c", "d", "e", "f", "g")))
                .isEqualTo(Map.of("c", ONE, "g", TWO));
    }

    @Test
    void nothing_moves_for_a_difference_of_one() {
        assertThat(ClaimShares.surplus(TWO, Map.of("a", ONE), Set.of("a"))).isEmpty();
        assertThat(ClaimShares.surplus(TWO, Map.of("a", ONE, "b", ONE, "c", TWO), Set.of("a", "b", "c")))
                .isEmpty();
        assertThat(ClaimShares.surplus(TWO, Map.of(), Set.of("a"))).isEmpty();
    }

    @Test
    void what_a_node_does_not_know_it_leaves() {
        assertThat(ClaimShares.surplus(TWO, Map.of("a", ONE, "b", ONE, "c", ONE), Set.of("a")))
                .isEqualTo(Map.of("a", ONE));
        assertThat(ClaimShares.surplus(TWO, Map.of("b", ONE, "c", ONE), Set.of("a")))
                .isEmpty();
    }

    @Test
    void whoever_comes_and_goes_the_shares_even_out() {
        var random = new Random(20260501);
        for (var round = 0; round < 500; round++) {
            var nodes = IntStream.rangeClosed(1, 1 + random.nextInt(6))
                    .mapToObj(number -> new UUID(0, number))
                    .toList();
            var names = IntStream.range(0, random.nextInt(20))
                    .mapToObj(number -> "p" + number)
                    .collect(Collectors.toSet());
            var claims = new HashMap<String, UUID>();
            names.forEach(name -> claims.put(name, nodes.get(random.nextInt(nodes.size()))));
            for (var look = 0; look < 2 * nodes.size(); look++) {
                var order = new ArrayList<>(nodes);
                Collections.shuffle(order, random);
                order.forEach(node -> ClaimShares.surplus(node, Map.copyOf(claims), names)
                        .forEach((name, holder) -> {
                            assertThat(claims.put(name, node)).isEqualTo(holder);
                        }));
            }
            var counts = nodes.stream()
                    .map(node -> Collections.frequency(claims.values(), node))
                    .toList();
            assertThat(Collections.max(counts) - Collections.min(counts))
                    .as(List.of(nodes.size(), names.size(), counts).toString())
                    .isLessThan(2);
        }
    }
}
