package dev.recount.command.users.axon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.Node;
import dev.recount.command.users.RegisterUser;
import dev.recount.command.users.RegistrationDecision.UsernameTaken;
import dev.recount.command.users.RegistrationOutcome;
import dev.recount.command.users.RegistrationOutcome.Refused;
import dev.recount.command.users.RegistrationOutcome.Registered;
import dev.recount.command.users.UserDirectory;
import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.events.UserEvent.UsernameClaimed;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistrationTest {

    private TestDatabase database;
    private Node one;
    private Node two;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        one = Node.on(database.dataSource());
        two = Node.on(database.dataSource());
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        database.close();
    }

    @Test
    void a_new_installation_has_one_user_whichever_node_was_first() {
        assertThat(one.bean(UserDirectory.class).find(1)).contains(new UserRegistered(1, "admin", "Administrator"));
        assertThat(one.log().head()).isEqualTo(2);
    }

    @Test
    void a_registration_claims_the_name_in_the_same_append() {
        RegistrationOutcome outcome = one.tell(new RegisterUser(2, "ada", "Ada Lovelace"));
        DomainEventMessage<?> registered = two.log().readStream("user-2", 0).getFirst();
        assertThat(outcome)
                .isEqualTo(new Registered(new UserRegistered(2, "ada", "Ada Lovelace"), registered.getTimestamp()));
        assertThat(registered.getPayload()).isEqualTo(new UserRegistered(2, "ada", "Ada Lovelace"));
        assertThat(two.log().readStream("username-ada", 0))
                .extracting(message -> (Object) message.getPayload())
                .containsExactly(new UsernameClaimed(2, "ada"));
    }

    @Test
    void a_name_belongs_to_one_user_on_all_nodes() {
        one.tell(new RegisterUser(2, "ada", ""));
        long head = one.log().head();
        assertThat(two.tell(new RegisterUser(3, "ada", ""))).isEqualTo(new Refused(new UsernameTaken("ada")));
        assertThat(two.tell(new RegisterUser(3, "Ada", ""))).isInstanceOf(Registered.class);
        assertThat(one.log().head()).isEqualTo(head + 2);
    }

    @Test
    void of_many_who_want_a_name_at_once_exactly_one_gets_it() throws Exception {
        CyclicBarrier start = new CyclicBarrier(16);
        List<Callable<RegistrationOutcome>> clients = new ArrayList<>();
        for (int client = 0; client < 16; client++) {
            Node node = client % 2 == 0 ? one : two;
            RegisterUser command = new RegisterUser(10 + client, "ada", "");
            clients.add(() -> {
                start.await();
                return node.tell(command);
            });
        }
        List<RegistrationOutcome> outcomes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<RegistrationOutcome> outcome : threads.invokeAll(clients)) {
                outcomes.add(outcome.get());
            }
        }
        assertThat(outcomes).filteredOn(Registered.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(Refused.class::isInstance)
                .hasSize(15)
                .containsOnly(new Refused(new UsernameTaken("ada")));
        assertThat(one.log().head()).isEqualTo(4);
    }

    @Test
    void who_was_not_there_a_moment_ago_is_found_when_registered_elsewhere() {
        UserDirectory directory = one.bean(UserDirectory.class);
        assertThat(directory.find(2)).isEmpty();
        two.tell(new RegisterUser(2, "ada", ""));
        assertThat(directory.find(2)).contains(new UserRegistered(2, "ada", ""));
        assertThat(directory.exists(3)).isFalse();
    }
}
