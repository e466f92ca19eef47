package dev.recount.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLeaseTest {

    @TempDir
    Path directory;

    @Test
    void a_running_server_is_joined_and_left_running() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            try (ServerLease visit = ServerLease.to(directory)) {
                assertThat(visit.url()).isEqualTo(postgres.url());
                assertCanConnect(visit);
            }
            try (ServerLease visit = ServerLease.to(directory)) {
                assertCanConnect(visit);
            }
        }
    }

    @Test
    void a_stopped_server_runs_for_as_long_as_the_visit() throws Exception {
        EmbeddedPostgres.start(directory).close();
        try (ServerLease visit = ServerLease.to(directory)) {
            assertCanConnect(visit);
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("in use by another Recount");
        }
        assertThat(directory.resolve("cluster/postmaster.pid")).doesNotExist();
        EmbeddedPostgres.start(directory).close();
    }

    @Test
    void visits_of_several_processes_share_a_server_and_the_last_one_stops_it() throws Exception {
        EmbeddedPostgres.start(directory).close();
        PostgresProcess first = PostgresProcess.visit(directory);
        PostgresProcess second = PostgresProcess.visit(directory);
        assertThat(second.port()).isEqualTo(first.port());
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory))
                .hasMessageContaining("in use by another Recount (process " + first.pid() + ", " + second.pid() + ")");
        first.terminate();
        try (ServerLease third = ServerLease.to(directory)) {
            second.terminate();
            assertCanConnect(third);
        }
        assertThat(directory.resolve("cluster/postmaster.pid")).doesNotExist();
        EmbeddedPostgres.start(directory).close();
    }

    @Test
    void a_visit_that_is_killed_costs_the_others_nothing_and_the_last_one_still_stops_the_server() throws Exception {
        EmbeddedPostgres.start(directory).close();
        PostgresProcess killed = PostgresProcess.visit(directory);
        try (ServerLease visit = ServerLease.to(directory)) {
            killed.kill();
            assertCanConnect(visit);
        }
        assertThat(directory.resolve("cluster/postmaster.pid")).doesNotExist();
    }

    @Test
    void what_the_only_visit_left_behind_when_it_was_killed_is_stopped_by_the_next() throws Exception {
        EmbeddedPostgres.start(directory).close();
        PostgresProcess.visit(directory).kill();
        assertThat(directory.resolve("cluster/postmaster.pid")).exists();
        try (ServerLease visit = ServerLease.to(directory)) {
            assertCanConnect(visit);
        }
        assertThat(directory.resolve("cluster/postmaster.pid")).doesNotExist();
    }

    @Test
    void visits_that_begin_at_the_same_time_start_one_server() throws Exception {
        EmbeddedPostgres.start(directory).close();
        try (var starts = Executors.newFixedThreadPool(3)) {
            var visits = starts.invokeAll(
                    Collections.<Callable<PostgresProcess>>nCopies(3, () -> PostgresProcess.visit(directory)));
            int port = visits.getFirst().get().port();
            for (var visit : visits) {
                assertThat(visit.get().port()).isEqualTo(port);
            }
            for (var visit : visits) {
                assertThat(directory.resolve("cluster/postmaster.pid")).exists();
                visit.get().terminate();
            }
        }
        assertThat(directory.resolve("cluster/postmaster.pid")).doesNotExist();
    }

    @Test
    void a_server_that_is_not_ready_yet_is_said_to_be_starting_or_stopping() throws Exception {
        DataDirectory data = DataDirectory.prepare(directory);
        try (DataDirectoryLock _ = DataDirectoryLock.acquire(data)) {
            Files.createDirectory(data.cluster());
            assertThatThrownBy(() -> ServerLease.to(directory))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageEndingWith("is being started or stopped.");
            Files.writeString(
                    data.cluster().resolve("postmaster.pid"), "1\n/data\n1\n20000\n\n127.0.0.1\n1 2\nstarting\n");
            assertThatThrownBy(() -> ServerLease.to(directory)).hasMessageEndingWith("is being started or stopped.");
        }
    }

    private static void assertCanConnect(ServerLease visit) throws Exception {
        try (var connection = DriverManager.getConnection(visit.url(), visit.user(), visit.password())) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }
}
