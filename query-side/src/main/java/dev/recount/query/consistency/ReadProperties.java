package dev.recount.query.consistency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of reads.
 *
 * @param patience how long a read waits for a projection that makes no progress before it is refused with 503. If the
 *     projection makes progress, for example after a large import, the read waits up to twelve times as long. The
 *     default of five seconds is longer than another node takes to take over from one that was killed
 */
@ConfigurationProperties("recount.read")
public record ReadProperties(@DefaultValue("5s") Duration patience) {}
