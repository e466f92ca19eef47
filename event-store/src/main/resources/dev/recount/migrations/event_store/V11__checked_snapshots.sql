-- Snapshots of earlier versions name no event. They are a cache, and are made anew.
DELETE FROM snapshot;

ALTER TABLE snapshot
    ADD COLUMN leaf_hash bytea,
    ADD COLUMN hash      bytea;

COMMENT ON COLUMN snapshot.leaf_hash IS 'That of the last event it folds: the one of its stream and sequence';
COMMENT ON COLUMN snapshot.hash IS 'snapshot_hash of the other columns; null if a node of an earlier version wrote it';

-- Everything that a snapshot says, and the event that it says it of.
CREATE FUNCTION snapshot_hash(
    stream    text,
    sequence  bigint,
    type      text,
    revision  integer,
    payload   jsonb,
    leaf_hash bytea
) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(leaf_hash || convert_to(jsonb_build_array(stream, sequence, type, revision, payload)::text, 'UTF8'));
$$;

CREATE VIEW checked_snapshot AS
SELECT
    snapshot.stream, snapshot.sequence, snapshot.type, snapshot.revision, snapshot.payload, snapshot.recorded_at,
    coalesce(
        snapshot.leaf_hash = event.leaf_hash
            AND snapshot.hash = snapshot_hash(
                snapshot.stream, snapshot.sequence, snapshot.type, snapshot.revision, snapshot.payload,
                snapshot.leaf_hash),
        false) AS fits
FROM snapshot
LEFT JOIN event_log AS event ON event.stream = snapshot.stream AND event.sequence = snapshot.sequence;

COMMENT ON VIEW checked_snapshot IS 'Snapshots, and whether each is as it was stored and of an event that the log has';
