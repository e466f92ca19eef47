CREATE TABLE event_log (
    position    bigint      NOT NULL,
    stream      text        NOT NULL COLLATE "C",
    sequence    bigint      NOT NULL CHECK (sequence >= 0),
    event_id    uuid        NOT NULL,
    type        text        NOT NULL,
    revision    integer     NOT NULL,
    payload     jsonb       NOT NULL,
    metadata    jsonb       NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT event_log_position PRIMARY KEY (position),
    CONSTRAINT event_log_stream_sequence UNIQUE (stream, sequence)
);

COMMENT ON TABLE event_log IS 'The only truth: every event, in commit order, never changed';
COMMENT ON COLUMN event_log.position IS 'From 1, without gaps; commit order is position order';
COMMENT ON COLUMN event_log.sequence IS 'From 0 within the stream, without gaps';

CREATE FUNCTION refuse_change_of_event_log() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'event_log is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER event_log_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON event_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_event_log();

-- ENABLE ALWAYS: also in sessions that run as replicas, where ordinary triggers stay silent.
ALTER TABLE event_log ENABLE ALWAYS TRIGGER event_log_is_append_only;
