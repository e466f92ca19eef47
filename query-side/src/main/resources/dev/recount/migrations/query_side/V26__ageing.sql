CREATE TABLE ageing_issue (
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

COMMENT ON TABLE ageing_issue IS 'Projection ageing: what it remembers of each issue to count what happens next';
COMMENT ON COLUMN ageing_issue.started_at IS
    'When the issue first came into progress since it was created or last reopened';
COMMENT ON COLUMN ageing_issue.resolved_at IS 'Null while the issue is neither resolved nor closed';

CREATE TABLE ageing_day (
    scope text COLLATE "C" NOT NULL,
    created_day date NOT NULL,
    unresolved bigint NOT NULL CHECK (unresolved > 0),
    PRIMARY KEY (scope, created_day)
) WITH (fillfactor = 80);

COMMENT ON TABLE ageing_day IS
    'Projection ageing: how many issues are unresolved now by the day they were created on in UTC, for all issues, by assignee and by label';
