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
 * What a command works with, opened when it is first asked for.
 *
 * <p>Ctrl-C waits until what is being opened is open, and closes it then: a PostgreSQL that was half started would stay
 * behind.
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
        // What follows the log or appends to it is in there, too, and nobody asks for it.
        beans.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
        beans.registerBean(DataSource.class, () -> database().dataSource());
        beans.register(ProjectionsAlone.class, IssueSnapshots.class);
        beans.refresh();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Those that this version of Recount knows, by name; the database is not asked. */
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
                // At once, since a PostgreSQL that has to be started takes a while.
                remarks.println("Opening " + Database.name(settings) + " ...");
                database = opener.apply(settings);
            }
            return database;
        } finally {
            opening.unlock();
        }
    }

    /** The same, made where there is none yet: tables in an empty database, or a data directory with one. */
    Database newDatabase() {
        return open(Database::create);
    }

    /** Blank where it is not set. */
    String setting(String name) {
        return settings.environment().getProperty(name, "");
    }

    /** What has runs made on the database, after what killed ones left has been tidied up. */
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

    /** What recomputes the snapshots that commands start from. */
    SnapshotVerification snapshots() {
        return beans.getBean(SnapshotVerification.class);
    }

    /** Has this done first when the process is to end, or at once if it is to end already; it must not wait. */
    void onInterrupt(Runnable reaction) {
        onInterrupt = reaction;
        if (interrupted) {
            reaction.run();
        }
    }

    /** The command itself comes to its end and says so, if it does so soon. */
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

    /** Whether the process is ending, so that nothing which fails now is worth a word. */
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
