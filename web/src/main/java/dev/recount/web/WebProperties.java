package dev.recount.web;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the HTTP interface.
 *
 * @param maxJsonBody maximum size of a body without file upload; a larger one gets a 413
 * @param maxImportSize maximum size of an uploaded file of issues; it is stored on disk, never in memory
 * @param minRate bytes per second; a slower client is disconnected; 0 leaves only Tomcat's own timeouts
 * @param minRateWindow period over which a client may fall behind that rate
 * @param minRateGrace additional time for which a request may keep the server waiting
 * @param hosts accepted host names in addition to those of the loopback interface; another gets a 421
 * @param origins origins of web pages, in addition to this server's own, that may request changes, such as {@code
 *     https://tracker.example.com}; another gets a 403
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
