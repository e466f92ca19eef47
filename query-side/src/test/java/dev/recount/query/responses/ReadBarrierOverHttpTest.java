package dev.recount.query.responses;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadBarrierOverHttpTest {

    private static final int CLIENTS = 16;
    /** The slow profile asks for more. */
    private static final int ROUNDS = Integer.getInteger("recount.test.read-rounds", 25);

    private TestDatabase database;
    private QueryServer server;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    /** Each client reads the issues of an assignee of its own, so that no other client's issues come between. */
    private void everyClientSeesWhatItWrote(Consumer<List<DomainEventMessage<?>>> append, QueryServer reads)
            throws Exception {
        var issues = new AtomicLong();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var missed = new ArrayList<Future<List<String>>>();
            for (var client = 1L; client <= CLIENTS; client++) {
                var assignee = client;
                missed.add(clients.submit(() -> {
                    var notSeen = new ArrayList<String>();
                    for (var round = 1; round <= ROUNDS; round++) {
                        var id = issues.incrementAndGet();
                        append.accept(Events.issue(Instant.now(), id, OPEN, assignee));
                        var list = reads.get("/issues?page_size=1&assignee=" + assignee);
                        if (!list.ids().equals(List.of(id))
                                || list.json().get("count").asLong() != round) {
                            notSeen.add("round %d, issue %d in %s".formatted(round, id, list));
                        }
                        var issue = reads.get("/issues/" + id);
                        if (issue.status() != 200) {
                            notSeen.add("issue %d: %s".formatted(id, issue));
                        }
                    }
                    return notSeen;
                }));
            }
            for (var notSeen : missed) {
                assertThat(notSeen.get()).isEmpty();
            }
        }
    }

    @Test
    void a_read_sees_every_write_before_it() throws Exception {
        everyClientSeesWhatItWrote(server::append, server);
    }

    @Test
    void a_read_sees_every_write_of_another_process_before_it() throws Exception {
        try (var writer = EventStoreNode.on(database.dataSource())) {
            everyClientSeesWhatItWrote(events -> writer.store().publish(events), server);
        }
    }

    @Test
    void a_read_on_a_node_that_runs_no_projection_sees_every_write_before_it() throws Exception {
        try (var second = QueryServer.on(database)) {
            everyClientSeesWhatItWrote(second::append, second);
        }
    }
}
