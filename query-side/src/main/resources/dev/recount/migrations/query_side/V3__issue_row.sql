CREATE TABLE issue_row (
    id bigint PRIMARY KEY,
    title text NOT NULL,
    description text NOT NULL,
    status text COLLATE "C" NOT NULL,
    assignee bigint,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    sequence bigint NOT NULL
) WITH (fillfactor = 85);

-- One index for each order in which the list is read: all, by status, by assignee, by both.
CREATE INDEX issue_row_newest ON issue_row (created_at DESC, id DESC);
CREATE INDEX issue_row_newest_by_status ON issue_row (status, created_at DESC, id DESC);
CREATE INDEX issue_row_newest_by_assignee ON issue_row (assignee, created_at DESC, id DESC)
    WHERE assignee IS NOT NULL;
CREATE INDEX issue_row_newest_by_status_and_assignee ON issue_row (status, assignee, created_at DESC, id DESC)
    WHERE assignee IS NOT NULL;

COMMENT ON TABLE issue_row IS 'Projection issue-list: every issue as it is now';
COMMENT ON COLUMN issue_row.sequence IS 'Of the newest event of the issue''s stream that is in the row, comments and labels included';
