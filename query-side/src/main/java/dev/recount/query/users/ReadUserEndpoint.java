package dev.recount.query.users;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.PathId;
import dev.recount.web.ProblemType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code GET /users/{id}}: one user. */
@JsonEndpoint
final class ReadUserEndpoint {

    private final UserList users;

    ReadUserEndpoint(UserList users) {
        this.users = users;
    }

    @GetMapping("/users/{id}")
    @ReadsProjection(UserProjection.NAME)
    UserBody read(@PathVariable String id) {
        var userId = PathId.require(id, ProblemType.UNKNOWN_USER);
        return users.find(userId)
                .orElseThrow(() -> ProblemType.UNKNOWN_USER
                        .problem("There is no user %d.".formatted(userId))
                        .exception());
    }
}
