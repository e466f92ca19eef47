package dev.recount.audit;

import dev.recount.eventstore.read.LogTree;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The module's entry point: signs checkpoints of the log and serves them with tiles and proofs. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@EnableConfigurationProperties(AuditProperties.class)
public class AuditConfiguration {

    /** The name of the log in checkpoints. */
    record Origin(String name) {}

    /** @param tree not used, but the tables exist once it does */
    @Bean
    Checkpoints checkpoints(DataSource dataSource, LogTree tree) {
        return new Checkpoints(JdbcClient.create(dataSource));
    }

    @Bean
    Origin auditOrigin(DataSource dataSource, LogTree tree, AuditProperties properties) {
        if (properties.origin() != null) {
            return new Origin(KeyName.require(properties.origin()));
        }
        var installation = JdbcClient.create(dataSource)
                .sql("SELECT id FROM installation")
                .query(UUID.class)
                .single();
        return new Origin("recount/" + installation);
    }

    @Bean
    KeyFile auditKeyFile(AuditProperties properties) {
        return new KeyFile(properties.keyFile());
    }

    @Bean
    LogMonitor logMonitor(LogTree tree, Checkpoints checkpoints) {
        return new LogMonitor(tree, checkpoints);
    }

    @Bean
    VerifiedTree verifiedTree(LogTree tree) {
        return new VerifiedTree(tree);
    }

    @Bean
    CheckpointIssuer checkpointIssuer(
            Origin origin, VerifiedTree tree, LogMonitor monitor, KeyFile keys, Checkpoints checkpoints) {
        return new CheckpointIssuer(origin.name(), tree, monitor, keys, checkpoints);
    }

    @Bean
    AuditSchedule auditSchedule(Origin origin, KeyFile keys, CheckpointIssuer issuer, AuditProperties properties) {
        return new AuditSchedule(origin.name(), keys, issuer, properties.checkpointInterval());
    }

    @Bean
    AuditHealth auditHealthIndicator(LogMonitor monitor) {
        return new AuditHealth(monitor);
    }
}
