CREATE TABLE issue_description (
    issue_id bigint NOT NULL,
    position bigint NOT NULL,
    description text NOT NULL,
    PRIMARY KEY (issue_id, position)
);

COMMENT ON TABLE issue_description IS
    'Projection issue-history: every description that an issue had and that was not empty, by the position of its event';
