CREATE TABLE issue_comment (
    issue_id bigint NOT NULL,
    sequence bigint NOT NULL,
    id bigint NOT NULL,
    author_id bigint NOT NULL,
    author text NOT NULL,
    body text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (issue_id, sequence)
);

COMMENT ON TABLE issue_comment IS 'Projection issue-list: the comments of each issue, in the order of its stream';
