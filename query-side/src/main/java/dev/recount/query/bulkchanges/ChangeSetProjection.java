package dev.recount.query.bulkchanges;

import dev.recount.events.BulkChangeEvent;
import dev.recount.events.ImportEvent;
import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.LabelEvent;
import dev.recount.events.UserEvent;
import dev.recount.query.imports.ImportTables;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Stores every import and every bulk change with its issues. Of the events of single issues it handles only
 * withdrawals.
 */
@Component
final class ChangeSetProjection implements Projection {

    @Override
    public String name() {
        return ImportTables.PROJECTION;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<String> tables() {
        return List.of("import_run", "import_issue", "bulk_change", "bulk_change_issue");
    }

    /** Read rarely, by clients that check an earlier change. */
    @Override
    public Duration batchDelay() {
        return Duration.ofMillis(250);
    }

    @Override
    public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
        var withdrawn = new ArrayList<Long>();
        for (var logged : batch) {
            switch (logged.event()) {
                case IssueWithdrawn gone -> withdrawn.add(gone.issueId());
                case ImportEvent event -> {
                    ImportTables.withdraw(connection, withdrawn);
                    withdrawn.clear();
                    ImportTables.apply(connection, logged, event);
                }
                case BulkChangeEvent event -> BulkChangeTables.apply(connection, logged, event);
                case IssueEvent _, UserEvent _, LabelEvent _ -> {}
            }
        }
        ImportTables.withdraw(connection, withdrawn);
    }
}
