package dev.recount.query.users;

import static dev.recount.query.users.UserProjection.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.events.UserEvent.UsernameClaimed;
import dev.recount.events.UserEvent;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.daemon.QueryNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserProjectionTest {

    private TestDatabase database;
    private QueryNode node;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        node = QueryNode.on(database.dataSource(), UserProjection.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private void register(long id, String username) {
        node.append("username-" + username, 0, new UsernameClaimed(id, username));
        node.append("user-" + id, 0, new UserRegistered(id, username, username + "'s name"));
    }

    @Test
    void registered_users_are_listed_and_counted_however_often_they_are_replayed() {
        register(1, "admin");
        node.barrier().await(NAME);
        register(2, "ada");
        register(3, "grace");
        node.barrier().await(NAME);
        var live = node.rows(NAME);
        assertThat(live.get("user_count")).isEqualTo(List.of("(all,3)"));
        assertThat(node.sql()
                        .sql("SELECT id || ' ' || username || ' ' || display_name FROM user_row ORDER BY id")
                        .query(String.class)
                        .list())
                .containsExactly("1 admin admin's name", "2 ada ada's name", "3 grace grace's name");
        node.applyAgain(NAME);
        assertThat(node.rows(NAME)).as("applied again").isEqualTo(live);
        node.recount(NAME);
        assertThat(node.rows(NAME)).as("recounted").isEqualTo(live);
        node.recount(NAME);
        assertThat(node.rows(NAME)).as("recounted again").isEqualTo(live);
    }
}
