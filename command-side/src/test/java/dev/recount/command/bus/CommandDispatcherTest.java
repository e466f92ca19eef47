package dev.recount.command.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.lock.DeadlockException;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

class CommandDispatcherTest {

    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final CommandDispatcher dispatcher = new CommandDispatcher(bus);
    private final List<CommandMessage<?>> attempts = new ArrayList<>();
    private final Deque<RuntimeException> failures = new LinkedList<>();

    CommandDispatcherTest() {
        var _ = bus.subscribe(String.class.getName(), message -> {
            attempts.add(message);
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            return message.getPayload() + ": done by " + Thread.currentThread().getName();
        });
    }

    @Test
    void a_command_is_carried_out_in_the_callers_thread() {
        assertThat(dispatcher.dispatch("open", Origin.SYSTEM, String.class))
                .isEqualTo(new CommandResult<>(
                        "open: done by " + Thread.currentThread().getName(), OptionalLong.empty()));
    }

    @Test
    void the_origin_travels_as_metadata_and_what_is_unknown_is_left_out() {
        var _ = dispatcher.dispatch("open", new Origin(3L, "r-1", "import 7 row 12", "k-1"), String.class);
        var _ = dispatcher.dispatch("open", Origin.SYSTEM.causedBy("bulk"), String.class);
        assertThat(attempts)
                .extracting(attempt -> Map.copyOf(attempt.getMetaData()))
                .containsExactly(
                        Map.of(
                                "actor",
                                "3",
                                "requestId",
                                "r-1",
                                "causation",
                                "import 7 row 12",
                                "idempotencyKey",
                                "k-1"),
                        Map.of("causation", "bulk"));
    }

    @Test
    void lost_races_are_run_again() {
        failures.add(new ConcurrencyException("taken"));
        failures.add(new DeadlockException("embraced"));
        assertThat(dispatcher.dispatch("open", Origin.SYSTEM, String.class).outcome())
                .startsWith("open");
        assertThat(attempts).hasSize(3);
    }

    @Test
    void races_that_do_not_end_are_given_up() {
        for (int i = 0; i < 100; i++) {
            failures.add(new ConcurrencyException("taken"));
        }
        assertThatThrownBy(() -> dispatcher.dispatch("open", Origin.SYSTEM, String.class))
                .isInstanceOf(ContendedException.class);
        assertThat(attempts).hasSize(64);
    }

    @Test
    void a_queue_that_is_too_long_is_given_up_at_once() {
        failures.add(new LockAcquisitionFailedException("waited long enough"));
        assertThatThrownBy(() -> dispatcher.dispatch("open", Origin.SYSTEM, String.class))
                .isInstanceOf(ContendedException.class);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void other_failures_come_as_they_are() {
        failures.add(new IllegalStateException("bug"));
        assertThatThrownBy(() -> dispatcher.dispatch("open", Origin.SYSTEM, String.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("bug");
        assertThat(attempts).hasSize(1);
    }
}
