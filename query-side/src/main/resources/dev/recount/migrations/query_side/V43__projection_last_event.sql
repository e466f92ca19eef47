ALTER TABLE projection
    ADD COLUMN last_event uuid,
    ADD COLUMN ahead_of bigint;

COMMENT ON COLUMN projection.last_event IS
    'The event at the position; null for one that was applied before this was noted. Another one there is another log';
COMMENT ON COLUMN projection.ahead_of IS
    'Where the log ended when it was found that the projection has applied events that the log does not have: a rebuild ends it';
