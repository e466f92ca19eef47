-- Issues had no priority before, so no row has to be changed. A node with older code goes on inserting rows.
ALTER TABLE issue_row ADD COLUMN priority text COLLATE "C" NOT NULL DEFAULT 'none';

-- For the list by priority. A tracker without priorities has no entries in it.
CREATE INDEX issue_row_newest_by_priority ON issue_row (priority, created_at DESC, id DESC)
    WHERE priority <> 'none';

COMMENT ON COLUMN issue_count.scope IS
    'all, or of status:open, assignee:1 and priority:high those that the filter has, joined by commas. The priority none has no scopes: the other priorities are subtracted';
