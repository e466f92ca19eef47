package dev.recount.query;

import dev.recount.eventstore.EventStoreConfiguration;
import dev.recount.query.projection.Projection;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

/**
 * Configuration for a process that maintains projections without serving requests: the projections and the log they are
 * derived from. Nothing in it follows the log.
 *
 * <p>Import it by name. It is not a {@code @Configuration}, so that the component scan of {@link
 * QuerySideConfiguration} does not find it.
 */
@Import(EventStoreConfiguration.class)
@ComponentScan(
        useDefaultFilters = false,
        includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Projection.class))
public class ProjectionsAlone {}
