package dev.recount.command.bus;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolution;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BusConfiguration {

    /**
     * Events are durable before the unit of work commits, so no transaction belongs around it; and whatever is thrown,
     * checked or not, must take what was not appended out of the caches.
     *
     * @param store not used, but it sets the clock that {@link EventClock} builds on
     */
    @Bean
    CommandBus commandBus(EventStore store) {
        EventClock.install();
        SimpleCommandBus bus = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .duplicateCommandHandlerResolver(DuplicateCommandHandlerResolution.rejectDuplicates())
                .build();
        // A command's metadata is its origin and nothing else, and goes to its events as it is.
        var _ = bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(Message::getMetaData));
        return bus;
    }

    @Bean
    CommandDispatcher commandDispatcher(CommandBus bus) {
        return new CommandDispatcher(bus);
    }
}
