CREATE TABLE assignee_count_issue (
    issue_id bigint PRIMARY KEY,
    assignee bigint,
    sequence bigint NOT NULL
) WITH (fillfactor = 85);

COMMENT ON TABLE assignee_count_issue IS 'Projection assignee-count: who has each issue now';
COMMENT ON COLUMN assignee_count_issue.sequence IS 'Of the newest event of the issue''s stream that said who has it';
