package dev.recount.query.consistency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How reads behave.
 *
 * @param patience how long a read waits for a projection that gets no further before it is answered 503, and for one
 *     that does get further, up to twelve times as long, as after a large import; five seconds are longer than it takes
 *     another node to take over from one that was killed
 */
@ConfigurationProperties("recount.read")
public record ReadProperties(@DefaultValue("5s") Duration patience) {}
