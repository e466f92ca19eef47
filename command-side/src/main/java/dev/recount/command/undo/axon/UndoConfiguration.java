package dev.recount.command.undo.axon;

import dev.recount.command.issue.axon.IssueRepository;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.StreamHistories;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class UndoConfiguration {

    @Bean(destroyMethod = "cancel")
    Registration undoing(
            CommandBus bus, IssueRepository issues, EventLog log, StreamHistories histories, EventStore store) {
        IssueHistories pasts = new IssueHistories(log, histories);
        List<Registration> handlers = Stream.of(
                        new RevertIssueHandler(issues, pasts),
                        new WithdrawImportedHandler(issues, pasts, log, store),
                        new UndoBulkChangeHandler(issues, pasts, log, store))
                .map(handler -> new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus))
                .toList();
        return () -> handlers.stream().map(Registration::cancel).reduce(true, Boolean::logicalAnd);
    }
}
