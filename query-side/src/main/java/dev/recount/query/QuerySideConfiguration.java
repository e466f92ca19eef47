package dev.recount.query;

import dev.recount.eventstore.EventStoreConfiguration;
import dev.recount.web.WebConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Entry point of the module: given a {@link javax.sql.DataSource}, it provides the projections, the log they follow,
 * and the endpoints.
 */
@Configuration(proxyBeanMethods = false)
@Import({EventStoreConfiguration.class, WebConfiguration.class})
@ComponentScan(excludeFilters = @Filter(SpringBootConfiguration.class))
public class QuerySideConfiguration {}
