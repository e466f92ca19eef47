-- Takes the log's lock until the transaction ends. Whoever holds it assigns positions, so commit order is position
-- order on every node and nobody ever sees a gap that could still fill.
CREATE FUNCTION lock_event_log() RETURNS void
LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(7265637563);
$$;

-- Appends all the given events or, where a (stream, sequence) exists already, raises unique_violation and appends none.
-- Returns the position before the first appended event.
CREATE FUNCTION append_events(
    streams      text[],
    sequences    bigint[],
    event_ids    uuid[],
    types        text[],
    revisions    integer[],
    payloads     text[],
    metadatas    text[],
    recorded_ats timestamptz[]
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    head bigint;
BEGIN
    PERFORM lock_event_log();

    SELECT coalesce(max(position), 0) INTO head FROM event_log;

    INSERT INTO event_log
        (position, stream, sequence, event_id, type, revision, payload, metadata, recorded_at)
    SELECT head + ordinality, stream, sequence, event_id, type, revision, payload::jsonb, metadata::jsonb, recorded_at
    FROM unnest(streams, sequences, event_ids, types, revisions, payloads, metadatas, recorded_ats)
        WITH ORDINALITY
        AS event (stream, sequence, event_id, type, revision, payload, metadata, recorded_at, ordinality);

    PERFORM pg_notify('recount_event_log', (head + cardinality(streams))::text);

    RETURN head;
END
$$;
