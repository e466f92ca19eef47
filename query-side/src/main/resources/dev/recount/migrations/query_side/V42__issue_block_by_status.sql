ALTER TABLE issue_block
    ADD COLUMN open bigint,
    ADD COLUMN in_progress bigint,
    ADD COLUMN resolved bigint,
    ADD COLUMN closed bigint;

-- Until the new version of the projection has been filled these are not what the list counts, and are passed over.
UPDATE issue_block SET open = 0, in_progress = 0, resolved = 0, closed = 0;

ALTER TABLE issue_block
    ALTER COLUMN open SET NOT NULL,
    ALTER COLUMN in_progress SET NOT NULL,
    ALTER COLUMN resolved SET NOT NULL,
    ALTER COLUMN closed SET NOT NULL;

COMMENT ON TABLE issue_block IS
    'Projection issue-list: how many issues each 4,096 ids have, in all and in each status, and between which times they were created, to find deep pages by';
