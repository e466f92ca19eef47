CREATE TABLE created_resolved_issue (
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

COMMENT ON TABLE created_resolved_issue IS 'Projection created-resolved: what it remembers of each issue to count what happens next';
COMMENT ON COLUMN created_resolved_issue.started_at IS
    'When the issue first came into progress since it was created or last reopened';
COMMENT ON COLUMN created_resolved_issue.resolved_at IS 'Null while the issue is neither resolved nor closed';

CREATE TABLE created_resolved_day (
    scope text COLLATE "C" NOT NULL,
    day date NOT NULL,
    created bigint NOT NULL CHECK (created >= 0),
    resolved bigint NOT NULL CHECK (resolved >= 0),
    reopened bigint NOT NULL CHECK (reopened >= 0),
    unresolved_change bigint NOT NULL,
    PRIMARY KEY (scope, day)
) WITH (fillfactor = 80);

COMMENT ON TABLE created_resolved_day IS
    'Projection created-resolved: what happened on each day in UTC, for all issues, by assignee and by label';
COMMENT ON COLUMN created_resolved_day.unresolved_change IS
    'By how many the issues that are neither resolved nor closed became more';
