package dev.recount.eventstore.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a node deals with its database.
 *
 * @param patience how long a request waits for a database that does not answer, for a connection, or for a lock that
 *     another session holds, before it is answered 503
 */
@ConfigurationProperties("recount.database")
public record DatabaseProperties(@DefaultValue("5s") Duration patience) {}
