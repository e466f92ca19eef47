CREATE TABLE assignee_count (
    assignee bigint PRIMARY KEY,
    issue_count bigint NOT NULL CHECK (issue_count > 0)
) WITH (fillfactor = 50);

COMMENT ON TABLE assignee_count IS 'Projection assignee-count: how many issues each user has who has any';
