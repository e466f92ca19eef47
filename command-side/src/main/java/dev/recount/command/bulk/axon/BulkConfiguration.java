package dev.recount.command.bulk.axon;

import dev.recount.command.issue.axon.IssueRepository;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BulkConfiguration {

    @Bean(destroyMethod = "cancel")
    Registration issueBatches(CommandBus bus, IssueRepository issues, EventStore store) {
        return new AnnotationCommandHandlerAdapter<>(new IssueBatchHandler(issues, store)).subscribe(bus);
    }
}
