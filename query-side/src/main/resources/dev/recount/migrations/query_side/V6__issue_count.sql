CREATE TABLE issue_count (
    scope text COLLATE "C" PRIMARY KEY,
    count bigint NOT NULL
) WITH (fillfactor = 50);

COMMENT ON TABLE issue_count IS
    'Projection issue-list: how many issues each filter of the list has, moved by the difference that each event makes';
COMMENT ON COLUMN issue_count.scope IS 'all, status:open, assignee:1, or status:open,assignee:1';
