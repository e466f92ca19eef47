ALTER TABLE issue_state_count
    ADD COLUMN priority text COLLATE "C" NOT NULL DEFAULT 'none',
    DROP CONSTRAINT issue_state_count_pkey,
    ADD PRIMARY KEY (block, status, assignee, priority);

COMMENT ON TABLE issue_state_count IS
    'Projection issue-history: by how many the issues of each status, assignee and priority became more within each 16,384 positions';
