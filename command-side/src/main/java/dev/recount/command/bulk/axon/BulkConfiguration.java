package dev.recount.command.bulk.axon;

import dev.recount.command.issue.axon.IssueRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BulkConfiguration {

    @Bean
    IssueBatchHandler issueBatchHandler(IssueRepository issues, EventStore store) {
        return new IssueBatchHandler(issues, store);
    }
}
