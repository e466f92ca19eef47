package dev.recount.web;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the HTTP surface.
 *
 * @param maxJsonBody largest body that is read where no file is uploaded; a larger one is answered 413
 * @param maxImportSize largest file of issues that is taken; it goes to disk, never into memory
 * @param minRate bytes a second; a slower client is cut off; 0 leaves only Tomcat's own time-outs
 * @param minRateWindow over how long a client may fall behind that rate
 * @param minRateGrace for how long, beyond that, a request may keep the server waiting
 * @param hosts names besides those of the loopback interface under which clients may ask; another is answered 421
 * @param origins of web pages besides this server's own that may ask for changes, such as {@code
 *     https://tracker.example.com}; another is answered 403
 */
@ConfigurationProperties("recount.web")
public record WebProperties(
        @DefaultValue("1MB") DataSize maxJsonBody,
        @DefaultValue("2GB") DataSize maxImportSize,
        @DefaultValue("1KB") DataSize minRate,
        @DefaultValue("10s") Duration minRateWindow,
        @DefaultValue("10s") Duration minRateGrace,
        @DefaultValue List<String> hosts,
        @DefaultValue List<String> origins) {

    MinimumRate minimumRate() {
        return new MinimumRate(minRate.toBytes(), minRateWindow.plus(minRateGrace));
    }
}
