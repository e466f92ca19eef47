CREATE TABLE log_time (
    position bigint PRIMARY KEY,
    latest timestamptz NOT NULL
);

-- Both columns only ever grow together: it finds the last position before a time.
CREATE INDEX log_time_latest ON log_time (latest, position);

COMMENT ON TABLE log_time IS
    'Projection log-time: the latest time of any event up to each thousandth position, to find positions by time';
