ALTER TABLE event_log
    ALTER COLUMN leaf_hash SET NOT NULL,
    ADD CONSTRAINT event_log_leaf_hash_size CHECK (octet_length(leaf_hash) = 32);

-- What is needed to go on with the tree: the roots of the perfect subtrees it consists of, the largest first. Each lies in
-- the row of its last leaf, whose position is the tree's size without the binary digits below the subtree's own.
CREATE VIEW log_tree AS
SELECT
    head.size,
    (
        SELECT coalesce(
            string_agg(
                CASE level
                    WHEN 0 THEN event.leaf_hash
                    ELSE substring(event.subtree_hashes FROM 32 * level - 31 FOR 32)
                END,
                ''::bytea
                ORDER BY level DESC),
            ''::bytea)
        FROM generate_series(0, 62) AS level
        JOIN event_log AS event ON event.position = head.size >> level << level
        WHERE head.size >> level & 1 = 1
    ) AS frontier,
    installation.id AS installation
FROM (SELECT coalesce(max(position), 0) AS size FROM event_log) AS head
CROSS JOIN installation;

COMMENT ON VIEW log_tree IS 'The Merkle tree over the whole log, as far as it takes to append to it';

-- Takes the log's lock until the transaction ends, and only then looks where the log ends.
CREATE FUNCTION lock_log_tree() RETURNS TABLE (size bigint, frontier bytea)
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM lock_event_log();

    RETURN QUERY SELECT tree.size, tree.frontier FROM log_tree AS tree;
END
$$;

-- Nodes of an earlier version would append events that are in no tree.
DROP FUNCTION append_events(text[], bigint[], uuid[], text[], integer[], text[], text[], timestamptz[]);

-- Appends all the given events or, where a (stream, sequence) exists already, raises unique_violation and appends none.
-- The hashes hold for a log of the expected size whose newest perfect subtree has the expected root; to another log, which
-- some other node has gone on with, nothing is appended either, and the error is RC001.
CREATE FUNCTION append_events(
    expected_size  bigint,
    expected_peak  bytea,
    streams        text[],
    sequences      bigint[],
    event_ids      uuid[],
    types          text[],
    revisions      integer[],
    payloads       text[],
    metadatas      text[],
    recorded_ats   timestamptz[],
    leaf_hashes    bytea[],
    subtree_hashes bytea[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    size bigint;
    peak bytea;
BEGIN
    PERFORM lock_event_log();

    SELECT
        event.position,
        CASE
            WHEN event.subtree_hashes IS NULL THEN event.leaf_hash
            ELSE substring(event.subtree_hashes FROM octet_length(event.subtree_hashes) - 31)
        END
    INTO size, peak
    FROM event_log AS event
    ORDER BY event.position DESC
    LIMIT 1;

    IF coalesce(size, 0) <> expected_size OR coalesce(peak, '') <> expected_peak THEN
        RAISE EXCEPTION 'the log has % events, not % or not those', coalesce(size, 0), expected_size
            USING ERRCODE = 'RC001';
    END IF;

    INSERT INTO event_log
        (position, stream, sequence, event_id, type, revision, payload, metadata, recorded_at, leaf_hash, subtree_hashes)
    SELECT
        expected_size + ordinality, event.stream, event.sequence, event.event_id, event.type, event.revision,
        event.payload::jsonb, event.metadata::jsonb, event.recorded_at, event.leaf_hash, event.subtree_hashes
    FROM unnest(streams, sequences, event_ids, types, revisions, payloads, metadatas, recorded_ats, leaf_hashes,
                subtree_hashes)
        WITH ORDINALITY
        AS event (stream, sequence, event_id, type, revision, payload, metadata, recorded_at, leaf_hash, subtree_hashes,
                  ordinality);

    PERFORM pg_notify('recount_event_log', (expected_size + cardinality(streams))::text);
END
$$;
