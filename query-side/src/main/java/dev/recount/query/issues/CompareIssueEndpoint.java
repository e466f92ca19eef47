package dev.recount.query.issues;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.query.timetravel.AsOf;
import dev.recount.query.timetravel.AsOfResolver;
import dev.recount.query.timetravel.PastResponse;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.KnownParameters;
import dev.recount.web.LogPositions;
import dev.recount.web.PathId;
import dev.recount.web.ProblemType;
import dev.recount.web.QueryParameters;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * {@code GET /issues/{id}/diff}: the differences between two states of an issue.
 *
 * <p>{@code from} and {@code to} are versions such as {@code 3}, times, or positions such as {@code position:4711}.
 * {@code to} defaults to the present.
 */
@JsonEndpoint
final class CompareIssueEndpoint {

    private static final Pattern VERSION = Pattern.compile("[0-9]+");
    private static final Pattern POSITION = Pattern.compile("position:(.*)");

    private final IssueHistory history;
    private final AsOfResolver moments;
    private final LogPositions positions;

    /** One of the two states, as requested. */
    private sealed interface Side {
        record AtVersion(long version) implements Side {}

        record AtMoment(AsOf moment) implements Side {}

        default boolean isSettled() {
            return !(this instanceof AtMoment(AsOf moment)) || moment.settled();
        }
    }

    CompareIssueEndpoint(IssueHistory history, AsOfResolver moments, LogPositions positions) {
        this.positions = positions;
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
        var told = history.tell(Long.MAX_VALUE, () -> compare(from, to, issueId, query));
        var compared = told.what();
        return ResponseEntity.ok()
                .headers(headers -> {
                    if (from.isSettled() && to.isSettled()) {
                        PastResponse.settled(compared.after(), told.rowsEpoch(), positions, headers);
                    }
                })
                .eTag(told.rowsEpoch().tag("%d.%d".formatted(compared.before(), compared.after()), positions))
                .body(compared.diff());
    }

    private record Compared(long before, long after, IssueDiff diff) {}

    private Compared compare(Side from, Side to, long issue, QueryParameters query) {
        var before = state(from, issue);
        var after = state(to, issue);
        if (before.position() > after.position()) {
            query.reject("from", "must not be after to");
            query.throwIfInvalid();
        }
        var diff = IssueDiff.of(before, after, history.commentsBetween(before, after));
        return new Compared(before.position(), after.position(), diff);
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
            var named = POSITION.matcher(text);
            var position = named.matches() ? positions.parse(name, named.group(1)) : OptionalLong.empty();
            var moment = position.isPresent()
                    ? moments.atPosition(position.getAsLong(), name, query)
                    : moments.atTime(text, name, query);
            return moment.map(Side.AtMoment::new);
        });
    }

    private PastState state(Side side, long issue) {
        return switch (side) {
            case Side.AtVersion(long version) -> history.atVersion(version, issue);
            case Side.AtMoment(AsOf moment) -> history.at(moment, issue);
        };
    }
}
