package dev.recount.command.imports;

import dev.recount.command.ids.IdSequence;
import dev.recount.command.issue.LabelDirectory;
import dev.recount.command.users.UserDirectory;
import dev.recount.web.WebProperties;
import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.springframework.web.multipart.MultipartResolver;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImportProperties.class)
class ImportConfiguration {

    /** Space for the other parts and the lines between them. */
    private static final DataSize AROUND_THE_FILE = DataSize.ofMegabytes(1);

    @Bean(destroyMethod = "close")
    ImportDirectory importDirectory(ImportProperties properties) throws IOException {
        return ImportDirectory.below(properties.parent());
    }

    /** Writes every part to disk, however short, and deletes it when the request ends. */
    @Bean
    MultipartConfigElement multipartLimits(WebProperties properties, ImportDirectory directory) {
        long maxFile = properties.maxImportSize().toBytes();
        return new MultipartConfigElement(directory.path().toString(), maxFile, maxFile + AROUND_THE_FILE.toBytes(), 0);
    }

    /** Lazy: a file sent to an endpoint that expects none is refused before it is read. */
    @Bean
    MultipartResolver multipartResolver() {
        StandardServletMultipartResolver resolver = new StandardServletMultipartResolver();
        resolver.setResolveLazily(true);
        resolver.setStrictServletCompliance(true);
        return resolver;
    }

    @Bean
    IssueImporter issueImporter(
            IdSequence issueIds, IdSequence labelIds, UserDirectory users, LabelDirectory labels, EventStore store) {
        return new IssueImporter(issueIds, labelIds, users, labels, store);
    }
}
