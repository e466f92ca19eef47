CREATE TABLE time_in_status_issue (
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

COMMENT ON TABLE time_in_status_issue IS 'Projection time-in-status: what it remembers of each issue to count what happens next';
COMMENT ON COLUMN time_in_status_issue.started_at IS
    'When the issue first came into progress since it was created or last reopened';
COMMENT ON COLUMN time_in_status_issue.resolved_at IS 'Null while the issue is neither resolved nor closed';

CREATE TABLE time_in_status_day (
    scope text COLLATE "C" NOT NULL,
    day date NOT NULL,
    status text COLLATE "C" NOT NULL,
    bucket int NOT NULL,
    issue_count bigint NOT NULL CHECK (issue_count > 0),
    total_micros numeric NOT NULL CHECK (total_micros >= 0),
    PRIMARY KEY (scope, day, status, bucket)
) WITH (fillfactor = 80);

COMMENT ON TABLE time_in_status_day IS
    'Projection time-in-status: how long the issues had been in a status that left it on each day in UTC, for all issues, by assignee and by label';
COMMENT ON COLUMN time_in_status_day.bucket IS 'A class of durations that is 1/128 wide, and no less than a second';
COMMENT ON COLUMN time_in_status_day.total_micros IS 'The sum of their times, exact';
