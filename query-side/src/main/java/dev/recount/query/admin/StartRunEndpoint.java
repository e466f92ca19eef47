package dev.recount.query.admin;

import dev.recount.events.text.TextRule;
import dev.recount.query.daemon.LiveProjection;
import dev.recount.query.daemon.Projections;
import dev.recount.query.rebuild.Rebuilds;
import dev.recount.query.rebuild.RunJson;
import dev.recount.query.rebuild.StartOutcome;
import dev.recount.web.JsonBody;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.JsonFields;
import dev.recount.web.RequestContext;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/**
 * {@code POST /projections/{name}/rebuilds} and {@code …/verification} start a run on one projection. {@code POST
 * /rebuilds} starts one run that rebuilds several or all. Each returns 202 with the run, which continues in the
 * background.
 */
@JsonEndpoint
final class StartRunEndpoint {

    private static final String PROJECTIONS = "projections";

    private final ProjectionPath addressed;
    private final Projections projections;
    private final Rebuilds rebuilds;
    private final RunRejectionProblems refused;

    StartRunEndpoint(
            ProjectionPath addressed, Projections projections, Rebuilds rebuilds, RunRejectionProblems refused) {
        this.addressed = addressed;
        this.projections = projections;
        this.rebuilds = rebuilds;
        this.refused = refused;
    }

    @PostMapping("/projections/{name}/rebuilds")
    ResponseEntity<RunJson> rebuild(@PathVariable String name) throws SQLException {
        addressed.require(name);
        return accepted(rebuilds.rebuild(List.of(name)));
    }

    @PostMapping("/projections/{name}/verification")
    ResponseEntity<RunJson> verify(@PathVariable String name) throws SQLException {
        addressed.require(name);
        return accepted(rebuilds.verify(List.of(name)));
    }

    /** All projections if the body names none. */
    @PostMapping(path = "/rebuilds", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RunJson> rebuild(@RequestBody byte[] body, RequestContext request) throws SQLException {
        var fields = JsonBody.parseObject(body, request);
        var names = fields.optionalTexts(PROJECTIONS, TextRule.ANY)
                .map(named -> known(named, fields))
                .orElseGet(this::all);
        fields.throwIfInvalid();
        return accepted(rebuilds.rebuild(names));
    }

    private List<String> known(List<String> named, JsonFields fields) {
        if (named.isEmpty()) {
            fields.reject(PROJECTIONS, "must name a projection; without this field all are rebuilt");
        }
        for (var i = 0; i < named.size(); i++) {
            if (projections.find(named.get(i)).isEmpty()) {
                fields.reject("%s[%d]".formatted(PROJECTIONS, i), "must be the name of a projection");
            }
        }
        return named;
    }

    private List<String> all() {
        return projections.all().stream()
                .map(LiveProjection::projection)
                .map(projection -> projection.name())
                .toList();
    }

    private ResponseEntity<RunJson> accepted(StartOutcome outcome) throws SQLException {
        return switch (outcome) {
            case StartOutcome.Started started ->
                ResponseEntity.accepted()
                        .location(URI.create("/rebuilds/" + started.id()))
                        .body(RunJson.of(rebuilds.find(started.id()).orElseThrow()));
            case StartOutcome.Refused no -> throw refused.because(no).exception();
        };
    }
}
