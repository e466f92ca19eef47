package dev.recount.query.users;

import static dev.recount.query.users.UserProjection.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.events.UserEvent.UsernameClaimed;
import dev.recount.query.projection.ProjectionSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UserProjectionTest {

    @RegisterExtension
    final ProjectionSpec spec = ProjectionSpec.of(NAME, UserProjection.class);

    private void register(long id, String username) {
        spec.given("username-" + username, 0, new UsernameClaimed(id, username));
        spec.given("user-" + id, 0, new UserRegistered(id, username, username + "'s name"));
    }

    @Test
    void registered_users_are_listed_and_counted() {
        register(1, "admin");
        spec.await();
        register(2, "ada");
        register(3, "grace");
        assertThat(spec.rows().get("user_count")).containsExactly("(all,3)");
        assertThat(spec.then("SELECT id || ' ' || username || ' ' || display_name FROM user_row ORDER BY id"))
                .containsExactly("1 admin admin's name", "2 ada ada's name", "3 grace grace's name");
    }
}
