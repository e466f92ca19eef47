CREATE TABLE workload_issue (
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

COMMENT ON TABLE workload_issue IS 'Projection workload: what it remembers of each issue to count what happens next';
COMMENT ON COLUMN workload_issue.started_at IS
    'When the issue first came into progress since it was created or last reopened';
COMMENT ON COLUMN workload_issue.resolved_at IS 'Null while the issue is neither resolved nor closed';

CREATE TABLE workload_now (
    assignee bigint PRIMARY KEY,
    open bigint NOT NULL CHECK (open >= 0),
    in_progress bigint NOT NULL CHECK (in_progress >= 0)
) WITH (fillfactor = 50);

COMMENT ON TABLE workload_now IS 'Projection workload: how many issues each user has to do now';
COMMENT ON COLUMN workload_now.assignee IS '0 for issues that nobody has';

CREATE TABLE workload_day (
    assignee bigint NOT NULL,
    day date NOT NULL,
    resolved bigint NOT NULL CHECK (resolved > 0),
    PRIMARY KEY (day, assignee)
) WITH (fillfactor = 80);

COMMENT ON TABLE workload_day IS 'Projection workload: how often issues of each user were resolved on each day in UTC';
COMMENT ON COLUMN workload_day.assignee IS '0 for issues that nobody had';
