package dev.recount.command.users.axon;

import dev.recount.command.bus.CommandDispatcher;
import dev.recount.command.users.UserDirectory;
import dev.recount.eventstore.read.EventLog;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class UserShellConfiguration {

    @Bean
    UserDirectory userDirectory(EventLog log) {
        return new LogUserDirectory(log);
    }

    @Bean(destroyMethod = "cancel")
    Registration userCommands(CommandBus bus, EventLog log, EventStore store) {
        return new AnnotationCommandHandlerAdapter<>(new RegisterUserHandler(log, store)).subscribe(bus);
    }

    /** @param userCommands not used, but without them the registration would find no handler */
    @Bean
    FirstUser firstUser(UserDirectory users, CommandDispatcher commands, Registration userCommands) {
        return new FirstUser(users, commands);
    }
}
