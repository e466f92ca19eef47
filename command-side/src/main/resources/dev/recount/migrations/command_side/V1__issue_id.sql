CREATE SEQUENCE issue_id;

COMMENT ON SEQUENCE issue_id IS 'Ids of issues; the command side takes them in blocks, so some are never used';
