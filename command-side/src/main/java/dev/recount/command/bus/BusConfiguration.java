package dev.recount.command.bus;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolution;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolver;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BusConfiguration {

    /**
     * Every throwable, checked or not, rolls the unit of work back, so that no cache keeps events that were not appended.
     * Axon's own bean would not do so. The transaction manager does nothing: events are durable before the unit commits.
     *
     * @param store not used, but it sets the clock that {@link EventClock} builds on
     */
    @Bean
    CommandBus commandBus(
            EventStore store,
            TransactionManager transactions,
            DuplicateCommandHandlerResolver duplicates,
            CorrelationDataProvider origin) {
        EventClock.install();
        SimpleCommandBus bus = SimpleCommandBus.builder()
                .transactionManager(transactions)
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .duplicateCommandHandlerResolver(duplicates)
                .build();
        var _ = bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(origin));
        return bus;
    }

    @Bean
    DuplicateCommandHandlerResolver duplicateCommandHandlerResolver() {
        return DuplicateCommandHandlerResolution.rejectDuplicates();
    }

    /** A command's metadata is its origin and nothing else, and its events carry it unchanged. */
    @Bean
    CorrelationDataProvider originOfCommands() {
        return Message::getMetaData;
    }

    @Bean
    CommandDispatcher commandDispatcher(CommandBus bus) {
        return new CommandDispatcher(bus);
    }
}
