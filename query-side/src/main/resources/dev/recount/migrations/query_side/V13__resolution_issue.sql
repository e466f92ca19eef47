CREATE TABLE resolution_issue (
    issue_id bigint PRIMARY KEY,
    created_at timestamptz NOT NULL,
    resolved_at timestamptz,
    sequence bigint NOT NULL
) WITH (fillfactor = 85);

COMMENT ON TABLE resolution_issue IS 'Projection resolution: since when each issue is resolved or closed without a break';
COMMENT ON COLUMN resolution_issue.resolved_at IS 'Null while the issue is neither resolved nor closed';
COMMENT ON COLUMN resolution_issue.sequence IS 'Of the newest event of the issue''s stream that set its status';
