package dev.recount.query.projection;

import java.time.Instant;
import java.util.Optional;
import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one projection does on this node: its commits are told on, and a batch that fails is kept in view. */
final class ProjectionProgress implements ErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionProgress.class);

    private final String projection;
    private final ProjectionPositions positions;
    private volatile @Nullable ProjectionFailure failure;

    ProjectionProgress(String projection, ProjectionPositions positions) {
        this.projection = projection;
        this.positions = positions;
    }

    void committed(long position) {
        // Before those who wait for the position are woken: what they see then is a projection that goes on.
        if (failure != null) {
            failure = null;
            LOG.info("{} goes on, it stands at {}", projection, position);
        }
        positions.committedHere(projection, position);
    }

    void released() {
        positions.releasedHere(projection);
    }

    void startedOver() {
        positions.startedOver(projection);
    }

    /** Somebody, here or on another node, has brought the projection to the position. */
    void seenAt(long position) {
        var present = failure;
        if (present != null && present.isOverAt(position)) {
            failure = null;
        }
    }

    Optional<ProjectionFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Passes the error on: the processor then gives the batch back and comes again later. */
    @Override
    public void handleError(ErrorContext context) throws Exception {
        var events = context.failedEvents();
        var first = positionOf(events.getFirst());
        var last = positionOf(events.getLast());
        if (failure == null) {
            LOG.error(
                    "{} cannot apply the events {} to {} and waits before them",
                    projection,
                    first,
                    last,
                    context.error());
        }
        failure = new ProjectionFailure(Instant.now(), first, last, context.error());
        PropagatingErrorHandler.instance().handleError(context);
    }

    private static long positionOf(EventMessage<?> event) {
        return event instanceof TrackedEventMessage<?> tracked
                ? tracked.trackingToken().position().orElse(0)
                : 0;
    }
}
