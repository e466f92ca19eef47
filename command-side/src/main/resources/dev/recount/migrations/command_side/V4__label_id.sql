CREATE SEQUENCE label_id;

COMMENT ON SEQUENCE label_id IS 'Ids of labels; the command side takes them in blocks, so some are never used';
