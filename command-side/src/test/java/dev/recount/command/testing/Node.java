package dev.recount.command.testing;

import dev.recount.command.bulk.BatchOutcome;
import dev.recount.command.bulk.IssueBatch;
import dev.recount.command.bus.CommandDispatcher;
import dev.recount.command.bus.CommandResult;
import dev.recount.command.bus.Origin;
import dev.recount.command.issue.IssueCommand;
import dev.recount.command.issue.IssueOutcome;
import dev.recount.command.issue.IssueOutcome.Done;
import dev.recount.command.issue.IssueState;
import dev.recount.command.users.RegisterUser;
import dev.recount.command.users.RegistrationOutcome;
import dev.recount.eventstore.EventStoreConfiguration;
import dev.recount.eventstore.read.EventLog;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration;
import org.axonframework.springboot.autoconfig.InfraConfiguration;
import org.axonframework.springboot.autoconfig.InterceptorAutoConfiguration;
import org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/** One process of the command side without HTTP. Several may share a database. */
public final class Node implements AutoCloseable {

    // Not marked as a configuration, or the scan of the whole module would find it too.
    @Import(EventStoreConfiguration.class)
    @ImportAutoConfiguration({
        NoOpTransactionAutoConfiguration.class,
        EventProcessingAutoConfiguration.class,
        AxonAutoConfiguration.class,
        InfraConfiguration.class,
        InterceptorAutoConfiguration.class
    })
    @ComponentScan({
        "dev.recount.command.bus",
        "dev.recount.command.ids",
        "dev.recount.command.issue.axon",
        "dev.recount.command.bulk.axon",
        "dev.recount.command.undo.axon",
        "dev.recount.command.users.axon"
    })
    static class Wiring {}

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    private Node(DataSource dataSource, Map<String, Object> properties) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        // The database outlives the node.
        context.registerBean(
                DataSource.class, () -> dataSource, bean -> ((AbstractBeanDefinition) bean).setDestroyMethodName(""));
        context.register(Wiring.class);
        context.refresh();
    }

    public static Node on(DataSource dataSource) {
        return new Node(dataSource, Map.of());
    }

    public static Node on(DataSource dataSource, Map<String, Object> properties) {
        return new Node(dataSource, properties);
    }

    public IssueOutcome tell(IssueCommand command) {
        return ask(command, Origin.SYSTEM).outcome();
    }

    public CommandResult<IssueOutcome> ask(IssueCommand command, Origin origin) {
        return bean(CommandDispatcher.class).dispatch(command, origin, IssueOutcome.class);
    }

    public BatchOutcome tell(IssueBatch batch) {
        return bean(CommandDispatcher.class)
                .dispatch(batch, Origin.SYSTEM, BatchOutcome.class)
                .outcome();
    }

    public RegistrationOutcome tell(RegisterUser command) {
        return bean(CommandDispatcher.class)
                .dispatch(command, Origin.SYSTEM, RegistrationOutcome.class)
                .outcome();
    }

    /** Runs a command that must succeed, and returns the state after it. */
    public IssueState done(IssueCommand command) {
        return ((Done) tell(command)).state();
    }

    public EventLog log() {
        return bean(EventLog.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
