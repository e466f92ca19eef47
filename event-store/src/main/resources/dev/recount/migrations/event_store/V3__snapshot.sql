CREATE TABLE snapshot (
    stream      text        NOT NULL COLLATE "C",
    sequence    bigint      NOT NULL,
    type        text        NOT NULL,
    revision    integer     NOT NULL,
    payload     jsonb       NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT snapshot_stream PRIMARY KEY (stream)
);

COMMENT ON TABLE snapshot IS 'The newest snapshot of a stream: a cache that may be emptied at any time';
