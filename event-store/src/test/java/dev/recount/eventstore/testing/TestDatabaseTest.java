package dev.recount.eventstore.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
    @Test
    void each_test_has_a_database_of_its_own() throws SQLException {
        try (var one = TestDatabase.fresh();
                var other = TestDatabase.fresh()) {
            execute(one.dataSource(), "CREATE TABLE mine (id int)");
            execute(other.dataSource(), "CREATE TABLE mine (id int)");
            assertThat(one.url()).isNotEqualTo(other.url());
        }
    }

    @Test
    void a_closed_database_is_gone() throws SQLException {
        var database = TestDatabase.fresh();
        DriverManager.getConnection(database.url(), database.user(), database.password())
                .close();
        database.close();
        assertThatThrownBy(() -> DriverManager.getConnection(database.url(), database.user(), database.password()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void an_engine_without_an_image_leaves_the_embedded_server() {
        var embedded = new TestServer("127.0.0.1", 1, "postgres", "postgres");
        assertThat(TestServer.choose(
                        true,
                        () -> {
                            throw new IllegalStateException("no image");
                        },
                        () -> embedded))
                .isSameAs(embedded);
    }

    @Test
    void another_JVM_is_told_of_the_server_by_an_option() {
        var server = new TestServer("127.0.0.1", 20_001, "postgres", "a:b");
        var option = server.jvmOption();
        assertThat(option).startsWith("-D" + TestServer.OPTION + "=");
        assertThat(TestServer.ofOption(option.substring(option.indexOf('=') + 1)))
                .isEqualTo(server);
    }

    @Test
    void an_engine_that_answers_gives_the_server() {
        var container = new TestServer("127.0.0.1", 1, "test", "test");
        assertThat(TestServer.choose(true, () -> container, () -> {
                    throw new AssertionError();
                }))
                .isSameAs(container);
        assertThat(TestServer.choose(
                        false,
                        () -> {
                            throw new AssertionError();
                        },
                        () -> container))
                .isSameAs(container);
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
