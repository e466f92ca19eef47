package dev.recount.query.rebuild;

import dev.recount.eventstore.LogScan;
import dev.recount.eventstore.LongStatements;
import dev.recount.query.projection.NodeName;
import dev.recount.query.projection.Projection;
import dev.recount.query.projection.Traffic;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Lets a node rebuild and verify its projections, and fill them by itself. */
@Configuration(proxyBeanMethods = false)
class RebuildConfiguration {

    @Bean
    @DependsOn("projectionSchema")
    Rebuilds rebuilds(DataSource dataSource, LogScan scan, List<Projection> projections, Traffic traffic) {
        return new Rebuilds(new LongStatements(dataSource), scan, projections, NodeName.here(), traffic);
    }

    @Bean
    FillWatch fillWatch(Rebuilds rebuilds) {
        return new FillWatch(rebuilds);
    }
}
