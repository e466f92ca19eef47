package dev.recount.command.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.users.RegistrationDecision.Accepted;
import dev.recount.command.users.RegistrationDecision.InvalidFields;
import dev.recount.command.users.RegistrationDecision.UsernameTaken;
import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.events.UserEvent.UsernameClaimed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserDeciderTest {

    @Test
    void a_free_name_is_claimed_together_with_the_registration() {
        assertThat(UserDecider.decide(false, new RegisterUser(3, "ada", "Ada Lovelace")))
                .isEqualTo(new Accepted(new UserRegistered(3, "ada", "Ada Lovelace"), new UsernameClaimed(3, "ada")));
    }

    @Test
    void a_taken_name_is_refused() {
        assertThat(UserDecider.decide(true, new RegisterUser(3, "ada", ""))).isEqualTo(new UsernameTaken("ada"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A-Z_0.9@+", "x.y@example.org"})
    void letters_digits_and_some_signs_make_a_username(String username) {
        assertThat(UserDecider.decide(false, new RegisterUser(3, username, ""))).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "ada lovelace", "ädä", "ada\n", "a/b"})
    void anything_else_does_not(String username) {
        assertThat(UserDecider.decide(false, new RegisterUser(3, username, "")))
                .isEqualTo(new InvalidFields(Map.of("username", List.of(UserRules.USERNAME_MESSAGE))));
    }

    @Test
    void names_have_at_most_150_characters() {
        assertThat(UserDecider.decide(false, new RegisterUser(3, "a".repeat(150), "\ud83d\ude00".repeat(150))))
                .isInstanceOf(Accepted.class);
        assertThat(UserDecider.decide(true, new RegisterUser(3, "a".repeat(151), "x".repeat(151))))
                .isEqualTo(new InvalidFields(Map.of(
                        "username", List.of(UserRules.USERNAME_MESSAGE),
                        "display_name", List.of("must be at most 150 characters"))));
    }
}
