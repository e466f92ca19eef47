package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.standalone.CommandProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs the commands as a shell does, and checks that they leave the database as they found it. */
class CommandLineTest {

    private static final int USAGE = 2;
    private static final int NO_DATABASE = 3;
    private static final int INTERRUPTED = 130;

    @TempDir
    Path directory;

    @Test
    void projections_are_told_of_a_running_recount_and_of_one_that_is_stopped() {
        Path data = directory.resolve("data");
        String dataDirectory = "--recount.data-directory=" + data;
        try (RecountProcess recount = RecountProcess.start(data)) {
            Client client = Client.of(recount.address());
            client.post("/issues", Map.of("title", "Seen from a terminal")).expect(201);
            client.get("/issues").expect(200);
            Result running = CommandProcess.run("projections", "--json", dataDirectory);
            assertThat(running.exitCode()).as(running.errors()).isZero();
            assertThat(running.errors()).isEqualTo("Opening " + data + " ...\n");
            assertThat(running.json().path("head").asInt()).isEqualTo(3);
            assertThat(running.json().path("projections").valueStream())
                    .extracting(projection -> projection.path("name").asString())
                    .contains("issue-list", "user-list", "timeline");
            JsonNode issueList = running.json()
                    .path("projections")
                    .valueStream()
                    .filter(projection -> projection.path("name").asString().equals("issue-list"))
                    .findAny()
                    .orElseThrow();
            assertThat(issueList
                            .propertyStream()
                            .filter(property -> !property.getKey().equals("node")))
                    .extracting(Object::toString)
                    .containsExactly(
                            "name=\"issue-list\"",
                            "state=\"live\"",
                            "version=3",
                            "stored_version=3",
                            "generation=1",
                            "position=3",
                            "head=3",
                            "lag_events=0",
                            "lag_seconds=0.0",
                            "dead_letters=0",
                            "waiting_events=0",
                            "failure=null");
            client.get("/issues/1").expect(200);
        }
        assertThat(data.resolve("cluster/postmaster.pid")).doesNotExist();

        Result stopped = CommandProcess.run("projections", dataDirectory);
        assertThat(stopped.exitCode()).as(stopped.errors()).isZero();
        assertThat(stopped.errors()).isEqualTo("Opening " + data + " ...\n");
        assertThat(stopped.output().lines().map(line -> line.replaceAll(" {2,}", "  ")))
                .startsWith("NAME  VERSION  GENERATION  POSITION  HEAD  LAG  LAG SECONDS  DEAD LETTERS  STATE")
                .contains("issue-list  3  1  3  3  0  0  0  unattended");
        assertThat(data.resolve("cluster/postmaster.pid")).doesNotExist();

        try (RecountProcess again = RecountProcess.start(data)) {
            Client.of(again.address()).get("/issues/1").expect(200);
        }
    }

    @Test
    void a_database_of_ones_own_is_named_as_for_the_server() {
        try (TestDatabase database = TestDatabase.fresh()) {
            String url = "--spring.datasource.url=" + database.url();
            String user = "--spring.datasource.username=" + database.user();
            Map<String, String> password = Map.of("SPRING_DATASOURCE_PASSWORD", database.password());

            Result empty = CommandProcess.run(password, "projections", "--json", url, user);
            assertThat(empty.exitCode()).isEqualTo(NO_DATABASE);
            assertThat(empty.errors()).contains(database.url() + " holds no Recount");
            assertThat(empty.json().path("error").path("code").asString()).isEqualTo("no-database");

            try (RecountProcess recount = RecountProcess.start(
                    directory.resolve("none"), url, user, "--spring.datasource.password=" + database.password())) {
                assertThat(recount.output()).contains(database.url());
            }
            // The settings may come first, as in a script that appends its command.
            Result result = CommandProcess.run(password, url, user, "projections", "--json");
            assertThat(result.exitCode()).as(result.errors()).isZero();
            assertThat(result.json().path("head").asInt()).isEqualTo(2);
        }
    }

    @Test
    void a_database_that_does_not_answer_is_told_by_exit_code_3_and_without_secrets() {
        Result result = CommandProcess.run(
                "projections", "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/recount?password=secret");
        assertThat(result.exitCode()).isEqualTo(NO_DATABASE);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors())
                .startsWith("Opening jdbc:postgresql://127.0.0.1:1/recount ...\n"
                        + "The database jdbc:postgresql://127.0.0.1:1/recount gives no connection. ")
                .doesNotContain("secret")
                .doesNotContain("\tat ");
    }

    @Test
    void no_data_directory_is_made_of_a_mistyped_name() throws Exception {
        Path data = directory.resolve("dota");
        Result missing = CommandProcess.run("projections", "--recount.data-directory=" + data);
        assertThat(missing.exitCode()).isEqualTo(NO_DATABASE);
        assertThat(missing.errors())
                .isEqualTo("Opening " + data + " ...\nThere is no data directory " + data
                        + ".\nName the one that Recount runs on with --recount.data-directory=DIR, or its database with"
                        + " --spring.datasource.url=URL.\n");
        assertThat(data).doesNotExist();

        Files.createDirectory(data);
        Result empty = CommandProcess.run("projections", "--recount.data-directory=" + data);
        assertThat(empty.exitCode()).isEqualTo(NO_DATABASE);
        assertThat(empty.errors()).contains("\nThe data directory " + data + " holds no database of Recount's.\n");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void what_is_mistyped_is_answered_with_what_there_is_and_exit_code_2() {
        Result command = CommandProcess.run("projektions");
        assertThat(command.exitCode()).isEqualTo(USAGE);
        assertThat(command.output()).isEmpty();
        assertThat(command.errors())
                .isEqualTo("Unmatched argument at index 0: 'projektions'\n"
                        + "Did you mean: java -jar recount.jar projections?\n"
                        + "See java -jar recount.jar --help.\n");

        Result option = CommandProcess.run("projections", "--jsn");
        assertThat(option.exitCode()).isEqualTo(USAGE);
        assertThat(option.errors())
                .isEqualTo("Unknown option: '--jsn'\n"
                        + "Possible solutions: --json\n"
                        + "See java -jar recount.jar projections --help.\n");

        Result setting = CommandProcess.run("projections", "--json", "--recount.data-dir=" + directory);
        assertThat(setting.exitCode()).isEqualTo(USAGE);
        assertThat(setting.errors())
                .contains("There is no option recount.data-dir.")
                .contains("--recount.data-directory");
        assertThat(setting.json().path("error").path("code").asString()).isEqualTo("usage");

        Result value = CommandProcess.run("projections", "--recount.data-directory", "data");
        assertThat(value.exitCode()).isEqualTo(USAGE);
        assertThat(value.errors())
                .isEqualTo("--recount.data-directory needs a value: --recount.data-directory=VALUE\n");
    }

    @Test
    void names_are_checked_before_anything_is_opened() throws Exception {
        // Opening it would fail with exit code 3.
        String nothing = "--recount.data-directory=" + directory.resolve("nothing");
        Path file = Files.writeString(directory.resolve("taken.ndjson"), "");
        Path none = directory.resolve("none/at/all");
        for (String[] mistyped : new String[][] {
            {"rebuild", "issue-lost", nothing},
            {"verify", "issue-lost", nothing},
            {"rebuild", nothing},
            {"audit", "export", "--out", file.toString(), nothing},
            {"audit", "export", "--out", none.toString(), nothing},
            {"audit", "verify", "--checkpoint", none.toString(), nothing},
            {"audit", "verify", "--key", "no-key", nothing},
            {"audit", "restore", none.toString(), nothing},
        }) {
            Result result = CommandProcess.run(mistyped);
            assertThat(result.exitCode()).as(result.errors()).isEqualTo(USAGE);
            assertThat(result.errors()).doesNotContain("Opening");
        }
        assertThat(directory.resolve("nothing")).doesNotExist();
    }

    @Test
    void two_commands_share_the_PostgreSQL_of_a_stopped_server() throws Exception {
        Path data = directory.resolve("data");
        RecountProcess.start(data).close();
        CommandProcess first = CommandProcess.start(Map.of(), "verify", "--recount.data-directory=" + data);
        CommandProcess second = CommandProcess.start(Map.of(), "projections", "--recount.data-directory=" + data);
        for (CommandProcess command : List.of(first, second)) {
            Result result = command.end();
            assertThat(result.exitCode()).as(result.errors()).isZero();
        }
        assertThat(data.resolve("cluster/postmaster.pid")).doesNotExist();
    }

    @Test
    void help_and_version_are_results() {
        Result help = CommandProcess.run("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.errors()).isEmpty();
        assertThat(help.output())
                .contains("java -jar recount.jar [SETTING...] [COMMAND]", "projections", "130")
                .contains("--spring.datasource.url");
        assertThat(CommandProcess.run("projections", "--help").output()).contains("--json");
        assertThat(CommandProcess.run("--version").output()).startsWith("Recount ");
    }

    @Test
    void ctrl_c_stops_the_PostgreSQL_that_was_started_for_the_command() throws Exception {
        Path data = directory.resolve("data");
        RecountProcess.start(data).close();
        CommandProcess command = CommandProcess.start(
                Map.of(), "projections", "--recount.data-directory=" + data, "--logging.level.dev.recount=info");
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(data.resolve("cluster/postmaster.pid")));
        command.interrupt();
        Result result = command.end();
        assertThat(result.exitCode()).as(result.errors()).isEqualTo(INTERRUPTED);
        assertThat(data.resolve("cluster/postmaster.pid")).doesNotExist();
    }
}
