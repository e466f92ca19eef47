package dev.recount.command.ids;

import dev.recount.eventstore.read.LogIdentity;
import dev.recount.eventstore.scan.Migrations;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class IdConfiguration {

    /** Marks that the sequences exist. */
    record IdSchema(DataSource dataSource) {

        IdSequence sequence(String name) {
            return new IdSequence(new DatabaseIds(JdbcClient.create(dataSource), name), System::nanoTime);
        }
    }

    @Bean
    IdSchema idSchema(DataSource dataSource) {
        Migrations.migrate(dataSource, "command_side");
        return new IdSchema(dataSource);
    }

    /** Marks that the sequences drop their cached ids when the log's identity changes. */
    record ForgottenIds(List<IdSequence> sequences) {}

    @Bean
    ForgottenIds forgottenIds(List<IdSequence> sequences, LogIdentity identity) {
        sequences.forEach(ids -> identity.onChange(ids::forget));
        return new ForgottenIds(sequences);
    }

    @Bean
    IdSequence issueIds(IdSchema schema) {
        return schema.sequence("issue_id");
    }

    @Bean
    IdSequence userIds(IdSchema schema) {
        return schema.sequence("user_id");
    }

    @Bean
    IdSequence commentIds(IdSchema schema) {
        return schema.sequence("comment_id");
    }

    @Bean
    IdSequence labelIds(IdSchema schema) {
        return schema.sequence("label_id");
    }
}
