package dev.recount.query.reports;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans that reports share. */
@Configuration(proxyBeanMethods = false)
class ReportsConfiguration {

    /** The clock that defines today. */
    @Bean
    InstantSource reportClock() {
        return InstantSource.system();
    }
}
