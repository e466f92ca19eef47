CREATE TABLE cumulative_flow_issue (
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

COMMENT ON TABLE cumulative_flow_issue IS 'Projection cumulative-flow: what it remembers of each issue to count what happens next';
COMMENT ON COLUMN cumulative_flow_issue.started_at IS
    'When the issue first came into progress since it was created or last reopened';
COMMENT ON COLUMN cumulative_flow_issue.resolved_at IS 'Null while the issue is neither resolved nor closed';

CREATE TABLE cumulative_flow_day (
    scope text COLLATE "C" NOT NULL,
    day date NOT NULL,
    open bigint NOT NULL,
    in_progress bigint NOT NULL,
    resolved bigint NOT NULL,
    closed bigint NOT NULL,
    PRIMARY KEY (scope, day)
) WITH (fillfactor = 80);

COMMENT ON TABLE cumulative_flow_day IS
    'Projection cumulative-flow: by how many the issues in each status became more on each day in UTC, for all issues, by assignee and by label';
