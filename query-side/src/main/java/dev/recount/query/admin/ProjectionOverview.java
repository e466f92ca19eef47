package dev.recount.query.admin;

import dev.recount.query.daemon.LiveProjection;
import dev.recount.query.daemon.ProjectionStatuses;
import dev.recount.query.daemon.Projections;
import dev.recount.query.projection.Transactions;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** Combines what the database and this node know of projections. */
@Component
final class ProjectionOverview {

    private final Projections projections;
    private final Transactions transactions;

    ProjectionOverview(Projections projections, Transactions transactions) {
        this.projections = projections;
        this.transactions = transactions;
    }

    List<ProjectionBody> all() {
        return of(projections.all());
    }

    ProjectionBody of(LiveProjection live) {
        return of(List.of(live)).getFirst();
    }

    private List<ProjectionBody> of(Collection<LiveProjection> shown) {
        var declared = shown.stream().map(LiveProjection::projection).toList();
        return transactions.run(connection -> ProjectionStatuses.read(connection, declared)).stream()
                .map(status -> ProjectionBody.of(status, projections.of(status.name())))
                .toList();
    }
}
