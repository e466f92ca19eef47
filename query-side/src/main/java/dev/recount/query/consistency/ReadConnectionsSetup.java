package dev.recount.query.consistency;

import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.MergedBeanDefinitionPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Wraps the shared data source in {@link ReadConnections}, so that reads need no code for it.
 *
 * <p>Bean post-processors of this kind run after all others, which look for the pool itself.
 */
public final class ReadConnectionsSetup implements MergedBeanDefinitionPostProcessor {

    private static final String SHARED = "dataSource";

    private final ObjectProvider<ReadSessions> sessions;

    public ReadConnectionsSetup(ObjectProvider<ReadSessions> sessions) {
        this.sessions = sessions;
    }

    @Override
    public void postProcessMergedBeanDefinition(RootBeanDefinition definition, Class<?> type, String name) {}

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource connections
                        && (name.equals(SHARED) || name.equals(DataSource.class.getName()))
                ? new ReadConnections(connections, sessions.getObject())
                : bean;
    }
}
