package dev.recount.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.issue.axon.IssueAggregate;
import dev.recount.command.issue.axon.IssueRepository;
import dev.recount.eventstore.axon.LogEventStore;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.Arrays;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Repository;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** What Axon's starter wires, and what of it Recount replaces: an upgrade swaps nothing in silence. */
class AxonBeansTest {

    private static TestDatabase database;
    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        context = SpringApplication.run(
                CommandSideApplication.class,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password());
    }

    @AfterAll
    static void stop() {
        context.close();
        database.close();
    }

    @Test
    void the_event_store_and_the_serializer_are_those_of_the_log() {
        assertThat(context.getBean(EventStore.class)).isInstanceOf(LogEventStore.class);
        assertThat(context.getBean(Configuration.class).eventStore()).isSameAs(context.getBean(EventStore.class));
        assertThat(context.getBeansOfType(EventStorageEngine.class)).isEmpty();
        assertThat(context.getBeansOfType(Serializer.class).values())
                .containsOnly(context.getBean(RecountSerializer.class));
        assertThat(context.getBean(Configuration.class).eventSerializer())
                .isSameAs(context.getBean(RecountSerializer.class));
    }

    @Test
    void commands_run_without_a_transaction_of_their_own() {
        assertThat(context.getBean(CommandBus.class)).isExactlyInstanceOf(SimpleCommandBus.class);
        assertThat(context.getBeansOfType(TransactionManager.class).values())
                .containsExactly(NoTransactionManager.INSTANCE);
    }

    @Test
    void issues_come_from_the_repository_that_keeps_the_cache_honest() {
        assertThat(context.getBeansOfType(Repository.class).values())
                .hasOnlyElementsOfType(IssueRepository.class)
                .containsExactly(context.getBean(Configuration.class).repository(IssueAggregate.class));
        assertThat(context.getBeansOfType(Snapshotter.class)).containsOnlyKeys("issueSnapshotter");
    }

    @Test
    void nothing_of_axons_processes_events() {
        assertThat(context.getBeansOfType(TokenStore.class)).isEmpty();
        assertThat(context.getBean(Configuration.class)
                        .eventProcessingConfiguration()
                        .eventProcessors())
                .isEmpty();
    }

    @Test
    void no_further_bean_of_axons_is_there() {
        assertThat(beansOfAxon())
                .containsExactly(
                        "MessageHandlerConfigurer$$Axon$$COMMAND",
                        "axonTransactionManager",
                        "commandBus",
                        "commandGateway",
                        "commandHandlerInterceptorConfigurer",
                        "correlationDataProvidersConfigurer",
                        "duplicateCommandHandlerResolver",
                        "eventGateway",
                        "eventProcessingModule",
                        "eventUpcasters",
                        "eventUpcastersConfigurer",
                        "handlerDefinition",
                        "issueAggregate$$Registrar",
                        "issueAggregateAggregateFactory",
                        "lifecycleInitializer",
                        "messageHandlerInterceptorConfigurer",
                        "messageHandlerLookup",
                        "org.axonframework.springboot.autoconfig.AxonAutoConfiguration",
                        "org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration",
                        "org.axonframework.springboot.autoconfig.InfraConfiguration",
                        "org.axonframework.springboot.autoconfig.InterceptorAutoConfiguration",
                        "org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration",
                        "parameterResolverFactory",
                        "queryBus",
                        "queryGateway",
                        "queryHandlerInterceptorConfigurer",
                        "queryUpdateEmitter",
                        "resourceInjector",
                        "revisionResolver",
                        "serializerConfigurer",
                        "springAggregateLookup",
                        "springAxonConfiguration",
                        "springAxonConfigurer",
                        "springSagaLookup",
                        "tagsConfiguration");
    }

    private static Stream<String> beansOfAxon() {
        return Arrays.stream(context.getBeanDefinitionNames())
                .filter(name ->
                        AopUtils.getTargetClass(context.getBean(name)).getName().startsWith("org.axonframework."))
                // Settings, which do nothing by themselves.
                .filter(name -> !name.endsWith("Properties"))
                .sorted();
    }
}
