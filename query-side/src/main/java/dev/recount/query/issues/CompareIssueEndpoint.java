package dev.recount.query.issues;

import dev.recount.query.asof.Moment;
import dev.recount.query.asof.Moments;
import dev.recount.query.asof.PastAnswer;
import dev.recount.query.http.ReadsProjection;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.KnownParameters;
import dev.recount.web.PathId;
import dev.recount.web.ProblemType;
import dev.recount.web.QueryParameters;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * {@code GET /issues/{id}/diff}: what became different about an issue between two of its states.
 *
 * <p>{@code from} and {@code to} are versions such as {@code 3}, times, or positions such as {@code position:4711};
 * without {@code to} it is the issue as it is now.
 */
@JsonEndpoint
final class CompareIssueEndpoint {

    private static final Pattern VERSION = Pattern.compile("[0-9]+");
    private static final Pattern POSITION = Pattern.compile("position:([0-9]{1,18})");

    private final IssueHistory history;
    private final Moments moments;

    /** One of the two, as it was asked for. */
    private sealed interface Side {
        record AtVersion(long version) implements Side {}

        record AtMoment(Moment moment) implements Side {}

        default boolean isSettled() {
            return !(this instanceof AtMoment(Moment moment)) || moment.settled();
        }
    }

    CompareIssueEndpoint(IssueHistory history, Moments moments) {
        this.history = history;
        this.moments = moments;
    }

    @GetMapping("/issues/{id}/diff")
    @KnownParameters({"from", "to"})
    @ReadsProjection(IssueListProjection.NAME)
    ResponseEntity<IssueDiff> compare(@PathVariable String id, QueryParameters query) {
        var issueId = PathId.require(id, ProblemType.UNKNOWN_ISSUE);
        var given = side("from", query);
        var to = side("to", query).orElseGet(() -> new Side.AtMoment(moments.present()));
        query.throwIfInvalid();
        if (given.isEmpty()) {
            query.reject("from", "is required");
            query.throwIfInvalid();
        }
        var from = given.orElseThrow();
        var before = state(from, issueId);
        var after = state(to, issueId);
        if (before.position() > after.position()) {
            query.reject("from", "must not be after to");
            query.throwIfInvalid();
        }
        var diff = IssueDiff.of(before, after, history.commentsBetween(before, after));
        return ResponseEntity.ok()
                .headers(headers -> {
                    if (from.isSettled() && to.isSettled()) {
                        PastAnswer.settled(after.position(), headers);
                    }
                })
                .eTag("\"%d.%d\"".formatted(before.position(), after.position()))
                .body(diff);
    }

    private Optional<Side> side(String name, QueryParameters query) {
        return query.optionalText(name).flatMap(text -> {
            if (VERSION.matcher(text).matches()) {
                var version = PathId.parse(text);
                if (version.isEmpty()) {
                    query.reject(name, "must be a positive integer");
                }
                return version.isPresent() ? Optional.of(new Side.AtVersion(version.getAsLong())) : Optional.empty();
            }
            var position = POSITION.matcher(text);
            var moment = position.matches()
                    ? moments.atPosition(Long.parseLong(position.group(1)), name, query)
                    : moments.atTime(text, name, query);
            return moment.map(Side.AtMoment::new);
        });
    }

    private PastState state(Side side, long issue) {
        return switch (side) {
            case Side.AtVersion(long version) -> history.atVersion(version, issue);
            case Side.AtMoment(Moment moment) -> history.at(moment, issue);
        };
    }
}
