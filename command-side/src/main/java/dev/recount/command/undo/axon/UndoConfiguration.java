package dev.recount.command.undo.axon;

import dev.recount.command.issue.axon.IssueRepository;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.StreamHistories;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class UndoConfiguration {

    @Bean
    IssueHistories issueHistories(EventLog log, StreamHistories histories) {
        return new IssueHistories(log, histories);
    }

    @Bean
    RevertIssueHandler revertIssueHandler(IssueRepository issues, IssueHistories histories) {
        return new RevertIssueHandler(issues, histories);
    }

    @Bean
    WithdrawImportedHandler withdrawImportedHandler(
            IssueRepository issues, IssueHistories histories, EventLog log, EventStore store) {
        return new WithdrawImportedHandler(issues, histories, log, store);
    }

    @Bean
    UndoBulkChangeHandler undoBulkChangeHandler(
            IssueRepository issues, IssueHistories histories, EventLog log, EventStore store) {
        return new UndoBulkChangeHandler(issues, histories, log, store);
    }
}
