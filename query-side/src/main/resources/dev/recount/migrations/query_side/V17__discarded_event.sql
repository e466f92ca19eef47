CREATE TABLE discarded_event (
    projection text NOT NULL,
    position bigint NOT NULL,
    stream text COLLATE "C" NOT NULL,
    cause text NOT NULL,
    reason text NOT NULL,
    actor bigint,
    discarded_at timestamptz NOT NULL,
    PRIMARY KEY (projection, position)
);

COMMENT ON TABLE discarded_event IS
    'Machinery of all projections: the events that a projection goes without, because somebody said so and why';
