package dev.recount.command.issue.importing;

import dev.recount.command.ids.IdSequence;
import dev.recount.command.user.UserDirectory;
import dev.recount.web.WebProperties;
import jakarta.servlet.MultipartConfigElement;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.springframework.web.multipart.MultipartResolver;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

@Configuration(proxyBeanMethods = false)
class ImportConfiguration {

    /** Room for the other parts and the lines between them. */
    private static final DataSize AROUND_THE_FILE = DataSize.ofMegabytes(1);

    /** Every part goes to disk, into the server's own temporary directory, and is deleted when the request ends. */
    @Bean
    MultipartConfigElement multipartLimits(WebProperties properties) {
        long maxFile = properties.maxImportSize().toBytes();
        return new MultipartConfigElement("", maxFile, maxFile + AROUND_THE_FILE.toBytes(), 0);
    }

    /** Lazy: a file sent to where none is expected is refused before it is read. */
    @Bean
    MultipartResolver multipartResolver() {
        StandardServletMultipartResolver resolver = new StandardServletMultipartResolver();
        resolver.setResolveLazily(true);
        resolver.setStrictServletCompliance(true);
        return resolver;
    }

    @Bean
    IssueImporter issueImporter(IdSequence issueIds, UserDirectory users, EventStore store) {
        return new IssueImporter(issueIds, users, store);
    }
}
