-- Both are filled for the events that are there already by the next migration but one.
ALTER TABLE event_log
    ADD COLUMN leaf_hash      bytea,
    ADD COLUMN subtree_hashes bytea;

COMMENT ON COLUMN event_log.leaf_hash IS 'SHA-256 of the event as a leaf of the Merkle tree over the log (RFC 9162)';
COMMENT ON COLUMN event_log.subtree_hashes IS
    'The roots of the perfect subtrees of 2, 4, 8, … leaves that end with this one, 32 bytes each; null where none does';
