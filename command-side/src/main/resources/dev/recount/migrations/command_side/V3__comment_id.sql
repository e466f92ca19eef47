CREATE SEQUENCE comment_id;

COMMENT ON SEQUENCE comment_id IS 'Ids of comments; the command side takes them in blocks, so some are never used';
