CREATE TABLE issue_label (
    issue_id bigint NOT NULL,
    label_id bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    PRIMARY KEY (issue_id, label_id)
);

COMMENT ON TABLE issue_label IS 'Projection issue-list: the labels that each issue has now';
