package dev.recount.standalone.cli;

import dev.recount.command.issue.axon.IssueSnapshots;
import dev.recount.eventstore.axon.SnapshotVerification;
import dev.recount.eventstore.scan.LogScan;
import dev.recount.query.ProjectionsAlone;
import dev.recount.query.daemon.NodeName;
import dev.recount.query.projection.Projection;
import dev.recount.query.rebuild.Rebuilds;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The resources of a command, opened on first use.
 *
 * <p>Ctrl-C waits until a resource is open and then closes it. Otherwise a half-started PostgreSQL would stay behind.
 */
final class CommandSession implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Settings settings;
    private final PrintStream remarks;
    private final AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
    private final Thread hook = new Thread(this::interrupt, "interrupt");
    private final ReentrantLock opening = new ReentrantLock();
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Database database;
    private @Nullable Rebuilds rebuilds;
    private boolean closed;
    private volatile Runnable onInterrupt = () -> {};
    private volatile boolean interrupted;

    CommandSession(Settings settings, PrintStream remarks) {
        this.settings = settings;
        this.remarks = remarks;
        // The context also has beans that follow the log or append to it; lazy beans stay unused.
        beans.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
        beans.registerBean(DataSource.class, () -> database().dataSource());
        beans.register(ProjectionsAlone.class, IssueSnapshots.class);
        beans.refresh();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The projections that this version of Recount knows, by name. Does not use the database. */
    Map<String, Projection> projections() {
        return beans.getBeansOfType(Projection.class).values().stream()
                .collect(Collectors.toMap(Projection::name, projection -> projection, (one, _) -> one, TreeMap::new));
    }

    Database database() {
        return open(Database::open);
    }

    private Database open(Function<Settings, Database> opener) {
        opening.lock();
        try {
            if (closed || interrupted) {
                throw new CancellationException();
            }
            if (database == null) {
                // Printed first, since a PostgreSQL may take a while to start.
                remarks.println("Opening " + Database.name(settings) + " ...");
                database = opener.apply(settings);
            }
            return database;
        } finally {
            opening.unlock();
        }
    }

    /** Like {@link #database}, but creates what is missing: the tables in an empty database, or a data directory. */
    Database newDatabase() {
        return open(Database::create);
    }

    /** Blank if it is not set. */
    String setting(String name) {
        return settings.environment().getProperty(name, "");
    }

    /** Runs rebuilds on the database, after cleaning up the runs of killed processes. */
    Rebuilds rebuilds() throws SQLException {
        var made = new Rebuilds(
                database().dataSource(),
                beans.getBean(LogScan.class),
                projections().values(),
                NodeName.here());
        opening.lock();
        try {
            rebuilds = made;
        } finally {
            opening.unlock();
        }
        made.sweep();
        return made;
    }

    /** Recomputes the snapshots that commands start from. */
    SnapshotVerification snapshots() {
        return beans.getBean(SnapshotVerification.class);
    }

    /** Runs this first when the process is to end, or immediately if it is already ending. It must not block. */
    void onInterrupt(Runnable reaction) {
        onInterrupt = reaction;
        if (interrupted) {
            reaction.run();
        }
    }

    /** Waits for the command to end and report by itself, and closes the session if that takes too long. */
    private void interrupt() {
        interrupted = true;
        onInterrupt.run();
        try {
            if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                close();
            }
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether the process is ending, so that failures need not be reported. */
    boolean isInterrupted() {
        return interrupted;
    }

    @Override
    public void close() {
        opening.lock();
        try {
            if (!closed) {
                closed = true;
                if (rebuilds != null) {
                    rebuilds.close();
                }
                beans.close();
                if (database != null) {
                    database.close();
                }
            }
        } finally {
            opening.unlock();
            ended.countDown();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is ending already.
        }
    }
}
