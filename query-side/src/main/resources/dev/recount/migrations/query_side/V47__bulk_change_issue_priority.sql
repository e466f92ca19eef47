ALTER TABLE bulk_change_issue
    ADD COLUMN from_priority text COLLATE "C",
    ADD COLUMN to_priority text COLLATE "C";

COMMENT ON COLUMN bulk_change_issue.from_priority IS 'Null, as is to_priority, if the change left the priority as it was';
