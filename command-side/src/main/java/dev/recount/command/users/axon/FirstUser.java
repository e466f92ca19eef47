package dev.recount.command.users.axon;

import dev.recount.command.bus.CommandDispatcher;
import dev.recount.command.bus.ContendedException;
import dev.recount.command.bus.Origin;
import dev.recount.command.users.RegisterUser;
import dev.recount.command.users.RegistrationOutcome;
import dev.recount.command.users.RegistrationOutcome.Refused;
import dev.recount.command.users.UserDirectory;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Registers user 1 before the first request, so that every example works immediately. */
final class FirstUser implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FirstUser.class);
    private static final RegisterUser ADMIN = new RegisterUser(1, "admin", "Administrator");

    private final UserDirectory users;
    private final CommandDispatcher commands;
    private volatile boolean running;

    FirstUser(UserDirectory users, CommandDispatcher commands) {
        this.users = users;
        this.commands = commands;
    }

    @Override
    public void start() {
        register();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the handlers of commands, before the web server. */
    @Override
    public int getPhase() {
        return SpringAxonConfiguration.LIFECYCLE_PHASE + 1;
    }

    private void register() {
        if (users.exists(ADMIN.userId())) {
            return;
        }
        try {
            RegistrationOutcome outcome = commands.dispatch(ADMIN, Origin.SYSTEM, RegistrationOutcome.class)
                    .outcome();
            if (outcome instanceof Refused && !users.exists(ADMIN.userId())) {
                LOG.warn("User 1 could not be registered: another user is called {}", ADMIN.username());
            }
        } catch (ContendedException e) {
            // Another node that is starting may register the same user under the same name.
            if (!users.exists(ADMIN.userId())) {
                throw e;
            }
        }
    }
}
