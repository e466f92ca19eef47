CREATE TABLE issue_block (
    block bigint PRIMARY KEY,
    issues bigint NOT NULL CHECK (issues >= 0),
    oldest timestamptz NOT NULL,
    newest timestamptz NOT NULL
) WITH (fillfactor = 50);

COMMENT ON TABLE issue_block IS
    'Projection issue-list: how many issues each 4,096 ids have and between which times they were created, to find deep pages by';
