CREATE TABLE reopen_rate_issue (
    issue_id bigint PRIMARY KEY,
    created_at timestamptz NOT NULL,
    status text COLLATE "C" NOT NULL,
    status_since timestamptz NOT NULL,
    assignee bigint,
    labels text[] NOT NULL,
    started_at timestamptz,
    resolved_at timestamptz,
    sequence bigint NOT NULL
) WITH (fillfactor = 80);

COMMENT ON TABLE reopen_rate_issue IS 'Projection reopen-rate: what it remembers of each issue to count what happens next';
COMMENT ON COLUMN reopen_rate_issue.started_at IS
    'When the issue first came into progress since it was created or last reopened';
COMMENT ON COLUMN reopen_rate_issue.resolved_at IS 'Null while the issue is neither resolved nor closed';

CREATE TABLE reopen_rate_day (
    scope text COLLATE "C" NOT NULL,
    day date NOT NULL,
    resolved bigint NOT NULL CHECK (resolved >= 0),
    reopened bigint NOT NULL CHECK (reopened >= 0),
    PRIMARY KEY (scope, day)
) WITH (fillfactor = 80);

COMMENT ON TABLE reopen_rate_day IS
    'Projection reopen-rate: how often issues were resolved and reopened on each day in UTC, for all issues, by assignee and by label';
