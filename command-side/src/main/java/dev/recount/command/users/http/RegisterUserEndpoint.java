package dev.recount.command.users.http;

import dev.recount.command.bus.CommandResult;
import dev.recount.command.http.RequestDispatcher;
import dev.recount.command.ids.IdSequence;
import dev.recount.command.users.RegisterUser;
import dev.recount.command.users.RegistrationDecision.InvalidFields;
import dev.recount.command.users.RegistrationDecision.Rejection;
import dev.recount.command.users.RegistrationDecision.UsernameTaken;
import dev.recount.command.users.RegistrationOutcome;
import dev.recount.command.users.RegistrationOutcome.Refused;
import dev.recount.command.users.RegistrationOutcome.Registered;
import dev.recount.command.users.UserRules;
import dev.recount.events.text.TextRule;
import dev.recount.web.JsonBody;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.JsonFields;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import dev.recount.web.RequestContext;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** {@code POST /users}: 201 with the new user, or 409 {@code username-taken}. */
@JsonEndpoint
final class RegisterUserEndpoint {

    private static final TextRule USERNAME = TextRule.ANY.matching(UserRules.USERNAME, UserRules.USERNAME_MESSAGE);
    private static final TextRule DISPLAY_NAME = TextRule.ANY.atMost(UserRules.LONGEST_DISPLAY_NAME);

    private final RequestDispatcher commands;
    private final IdSequence userIds;

    RegisterUserEndpoint(RequestDispatcher commands, IdSequence userIds) {
        this.commands = commands;
        this.userIds = userIds;
    }

    record UserBody(long id, String username, String displayName, Instant createdAt) {}

    @PostMapping(path = "/users", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<UserBody> register(
            @RequestBody byte[] body,
            RequestContext request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        JsonFields fields = JsonBody.parseObject(body, request);
        String username = fields.requiredText("username", USERNAME);
        String displayName = fields.optionalText("display_name", DISPLAY_NAME).orElse("");
        fields.throwIfInvalid();

        RegisterUser command = new RegisterUser(userIds.next(), username, displayName);
        CommandResult<RegistrationOutcome> answer =
                commands.dispatch(command, request, idempotencyKey, RegistrationOutcome.class);
        UserBody user = switch (answer.outcome()) {
            case Registered(var registered, Instant at) ->
                new UserBody(registered.userId(), registered.username(), registered.displayName(), at);
            case Refused refused -> throw problem(refused.rejection());
        };
        return commands.positioned(ResponseEntity.created(URI.create("/users/" + user.id())), answer)
                .body(user);
    }

    private static ProblemException problem(Rejection rejection) {
        return switch (rejection) {
            case UsernameTaken taken ->
                ProblemType.USERNAME_TAKEN
                        .problem("Another user is called " + taken.username() + ".")
                        .exception();
            case InvalidFields invalid -> ProblemType.invalid(invalid.errors()).exception();
        };
    }
}
