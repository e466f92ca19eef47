package dev.recount.query.audit;

import dev.recount.eventstore.LogTree;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires what checkpoints take. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
class AuditConfiguration {

    /** The name of the log in checkpoints. */
    record Origin(String name) {}

    /** @param tree stands for the tables: they are there when it is */
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
    TamperWatch tamperWatch(LogTree tree, Checkpoints checkpoints) {
        return new TamperWatch(tree, checkpoints);
    }

    @Bean
    SoundTree soundTree(LogTree tree) {
        return new SoundTree(tree);
    }

    @Bean
    CheckpointIssuer checkpointIssuer(
            Origin origin, SoundTree tree, TamperWatch watch, KeyFile keys, Checkpoints checkpoints) {
        return new CheckpointIssuer(origin.name(), tree, watch, keys, checkpoints);
    }

    @Bean
    AuditRounds auditRounds(Origin origin, KeyFile keys, CheckpointIssuer issuer, AuditProperties properties) {
        return new AuditRounds(origin.name(), keys, issuer, properties.checkpointInterval());
    }

    @Bean
    AuditHealth auditHealthIndicator(TamperWatch watch) {
        return new AuditHealth(watch);
    }
}
