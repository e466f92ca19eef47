CREATE TABLE issue_state_count (
    block bigint NOT NULL,
    status text COLLATE "C" NOT NULL,
    assignee bigint NOT NULL,
    difference bigint NOT NULL CHECK (difference <> 0),
    PRIMARY KEY (block, status, assignee)
) WITH (fillfactor = 80);

COMMENT ON TABLE issue_state_count IS
    'Projection issue-history: by how many the issues of each status and assignee became more within each 16,384 positions';
COMMENT ON COLUMN issue_state_count.block IS 'The position divided by 16,384';
COMMENT ON COLUMN issue_state_count.assignee IS '0 for nobody';
