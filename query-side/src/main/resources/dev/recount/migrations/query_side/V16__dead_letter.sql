CREATE TABLE dead_letter (
    projection text NOT NULL,
    position bigint NOT NULL,
    stream text COLLATE "C" NOT NULL,
    cause text,
    attempts int NOT NULL,
    parked_at timestamptz NOT NULL,
    tried_at timestamptz,
    PRIMARY KEY (projection, position)
);

CREATE INDEX dead_letter_stream ON dead_letter (projection, stream, position);
CREATE INDEX dead_letter_refused ON dead_letter (projection, position) WHERE cause IS NOT NULL;

COMMENT ON TABLE dead_letter IS
    'Machinery of all projections: the events that a projection could not apply, and those of the same stream behind them';
COMMENT ON COLUMN dead_letter.cause IS 'Why the event was refused; null for one that only waits behind another';
COMMENT ON COLUMN dead_letter.attempts IS 'How often it was tried, 0 for one that only waits';
