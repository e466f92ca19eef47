package dev.recount.command.users.axon;

import dev.recount.command.bus.CommandDispatcher;
import dev.recount.command.users.UserDirectory;
import dev.recount.eventstore.read.EventLog;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class UserShellConfiguration {

    @Bean
    UserDirectory userDirectory(EventLog log) {
        return new LogUserDirectory(log);
    }

    @Bean
    RegisterUserHandler registerUserHandler(EventLog log, EventStore store) {
        return new RegisterUserHandler(log, store);
    }

    @Bean
    FirstUser firstUser(UserDirectory users, CommandDispatcher commands) {
        return new FirstUser(users, commands);
    }
}
