package dev.recount.query.log;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.Poked;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;

/** Clients get an aborted response if the log becomes unreadable, not one that looks like the end of the log. */
@Timeout(120)
class BrokenOffTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final int READABLE = 1_500;

    private TestDatabase database;
    private QueryServer server;

    /** Pokes cannot be read any more. No {@code @Configuration}, which every other test's server would find. */
    static class Failing {

        @Bean
        SingleEventUpcaster pokesFail() {
            return new SingleEventUpcaster() {
                @Override
                protected boolean canUpcast(IntermediateEventRepresentation event) {
                    return event.getType().getName().equals("IssuePoked");
                }

                @Override
                protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
                    throw new IllegalStateException("the type poke is no longer known");
                }
            };
        }
    }

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database, List.of(Failing.class));
        var touches = new ArrayList<DomainEventMessage<?>>(Events.issue(NOON, 1, OPEN, null));
        for (var sequence = 1; sequence < READABLE; sequence++) {
            touches.addAll(Events.of(NOON, "issue-1", sequence, new IssueTouched(1, sequence + 1)));
        }
        server.append(touches);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private void poke() {
        try (var past = EventStoreNode.on(database.dataSource(), Poked.Then.class)) {
            past.append("issue-2", 0, new Poked(2));
        }
    }

    @Test
    void lines_break_off_and_pages_are_refused() throws Exception {
        poke();
        var request = HttpRequest.newBuilder(server.uri("/events"))
                .header("Accept", "application/x-ndjson")
                .build();
        var answer = server.client().send(request, BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            // How much of what was sent before still arrives is the client's own affair.
            assertThatThrownBy(() -> {
                        while (lines.readLine() != null) {}
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(server.get("/events?limit=1000").status()).isEqualTo(200);
        var refused = server.get("/events?limit=1&after=" + READABLE);
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.code()).isEqualTo("internal-error");
    }

    @Test
    void a_stream_is_told_what_came_before_and_breaks_off() throws Exception {
        try (var reader = EventReader.open(server, "/events/stream?after=" + (READABLE - 1))) {
            assertThat(reader.next().get("position").asLong()).isEqualTo(READABLE);
            poke();
            assertThatThrownBy(() -> {
                        while (reader.nextBlock().isPresent()) {
                            assertThat(reader.lastEventId()).isEqualTo("" + READABLE);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }
}
