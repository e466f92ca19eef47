package dev.recount.query;

import dev.recount.eventstore.EventStoreConfiguration;
import dev.recount.query.projection.Projection;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

/**
 * The module's side door, for a process that looks after projections without serving anybody: the projections and the
 * log they are counted from, and nothing that follows it.
 *
 * <p>To be registered by its name; it is no {@code @Configuration}, so that the main door's scan passes it by.
 */
@Import(EventStoreConfiguration.class)
@ComponentScan(
        useDefaultFilters = false,
        includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Projection.class))
public class ProjectionsAlone {}
