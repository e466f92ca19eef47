package dev.recount.command.imports;

import dev.recount.command.bus.Origin;
import dev.recount.command.ids.IdSequence;
import dev.recount.command.issue.LabelDirectory;
import dev.recount.command.users.UserDirectory;
import java.io.IOException;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Creates issues from files.
 *
 * <p>Imports bypass the command bus and the aggregate. A new stream has no state to load, and one append per issue
 * would be one flush to disk per issue.
 */
final class IssueImporter {

    private final IdSequence issueIds;
    private final IdSequence labelIds;
    private final UserDirectory users;
    private final LabelDirectory labels;
    private final EventStore events;

    IssueImporter(
            IdSequence issueIds, IdSequence labelIds, UserDirectory users, LabelDirectory labels, EventStore events) {
        this.issueIds = issueIds;
        this.labelIds = labelIds;
        this.users = users;
        this.labels = labels;
        this.events = events;
    }

    /**
     * Reads the file twice: completely before anything is created, then row by row.
     *
     * @param refused takes the rows that break a rule
     * @throws dev.recount.web.ProblemException when the file cannot be read; nothing has been created
     * @throws ImportInterruptedException when the log or the ids can no longer be reached
     */
    ImportProgress run(ImportFile file, Origin origin, RefusedRows refused) throws IOException {
        file.requireReadable();
        RowValidator judge = new RowValidator(new Assignees(users)::exist, file.longestText());
        ImportRun run = new ImportRun(origin, judge, issueIds, new ImportBatch(events, labels, labelIds), refused);
        file.forEachRow(run::take);
        return run.finish();
    }
}
