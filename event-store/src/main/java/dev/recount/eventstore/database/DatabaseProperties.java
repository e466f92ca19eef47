package dev.recount.eventstore.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for a node's use of its database.
 *
 * @param patience maximum wait of a request for an unresponsive database, for a connection, or for another session's
 *     lock, before it gets a 503
 */
@ConfigurationProperties("recount.database")
public record DatabaseProperties(@DefaultValue("5s") Duration patience) {}
