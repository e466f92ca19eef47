package dev.recount.query.rebuild;

import dev.recount.eventstore.database.LongStatements;
import dev.recount.eventstore.scan.LogScan;
import dev.recount.query.consistency.ReadActivity;
import dev.recount.query.daemon.NodeName;
import dev.recount.query.projection.Projection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Configures rebuilds, verifications and the initial fill of projections. */
@Configuration(proxyBeanMethods = false)
class RebuildConfiguration {

    @Bean
    @DependsOn("projectionSchema")
    Rebuilds rebuilds(DataSource dataSource, LogScan scan, List<Projection> projections, ReadActivity activity) {
        return new Rebuilds(new LongStatements(dataSource), scan, projections, NodeName.here(), activity);
    }

    @Bean
    InitialFill fillWatch(Rebuilds rebuilds) {
        return new InitialFill(rebuilds);
    }
}
