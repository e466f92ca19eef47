package dev.recount.query.users;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.KnownParameters;
import dev.recount.web.Page;
import dev.recount.web.Paging;
import dev.recount.web.QueryParameters;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code GET /users}: the users, newest first. */
@JsonEndpoint
final class ListUsersEndpoint {

    private final UserList users;

    ListUsersEndpoint(UserList users) {
        this.users = users;
    }

    @GetMapping("/users")
    @KnownParameters({Paging.PAGE, Paging.PAGE_SIZE})
    @ReadsProjection(UserProjection.NAME)
    Page<UserBody> list(QueryParameters query) {
        var paging = Paging.of(query);
        var slice = users.slice(paging.offset(), paging.size());
        return paging.page(slice.count(), slice.users());
    }
}
