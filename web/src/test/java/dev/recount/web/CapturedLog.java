package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is logged while a test looks. */
record CapturedLog(Logger logger, ListAppender<ILoggingEvent> appender) implements AutoCloseable {

    static CapturedLog of(Class<?> type) {
        return capture(type.getName());
    }

    static CapturedLog everything() {
        return capture(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static CapturedLog capture(String name) {
        Logger logger = (Logger) LoggerFactory.getLogger(name);
        ListAppender<ILoggingEvent> appender = new ListAppender<>() {
            @Override
            protected synchronized void append(ILoggingEvent event) {
                event.prepareForDeferredProcessing();
                super.append(event);
            }
        };
        appender.start();
        logger.addAppender(appender);
        return new CapturedLog(logger, appender);
    }

    ILoggingEvent only(Level level) {
        assertThat(atLeast(level)).hasSize(1);
        return atLeast(level).getFirst();
    }

    List<ILoggingEvent> atLeast(Level level) {
        synchronized (appender) {
            return appender.list.stream()
                    .filter(event -> event.getLevel().isGreaterOrEqual(level))
                    .toList();
        }
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
