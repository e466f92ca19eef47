package dev.recount.query.reports;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What reports have in common. */
@Configuration(proxyBeanMethods = false)
class ReportsConfiguration {

    /** Says what today is. */
    @Bean
    InstantSource reportClock() {
        return InstantSource.system();
    }
}
