CREATE TABLE timeline_issue (
    issue_id bigint PRIMARY KEY,
    version bigint NOT NULL,
    sequence bigint NOT NULL
) WITH (fillfactor = 70);

COMMENT ON TABLE timeline_issue IS
    'Projection timeline: how far each issue has come, so that the next entry knows its version without the ones before';
COMMENT ON COLUMN timeline_issue.sequence IS 'Of the newest event of the issue''s stream, also where it gave no entry';
