package dev.recount.command;

import dev.recount.eventstore.EventStoreConfiguration;
import dev.recount.web.WebConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The module's entry point: with a {@link javax.sql.DataSource} it provides commands, the event log and endpoints. */
@Configuration(proxyBeanMethods = false)
@Import({EventStoreConfiguration.class, WebConfiguration.class})
@ComponentScan
public class CommandSideConfiguration {}
