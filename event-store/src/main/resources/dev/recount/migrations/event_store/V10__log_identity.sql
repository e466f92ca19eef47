CREATE TABLE log_identity (
    one_row    boolean     NOT NULL DEFAULT true CHECK (one_row),
    id         uuid        NOT NULL DEFAULT gen_random_uuid(),
    renewed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT log_identity_one_row PRIMARY KEY (one_row)
);

COMMENT ON TABLE log_identity IS 'One row: which course of the log its positions belong to; a new one after a restore';

INSERT INTO log_identity DEFAULT VALUES;

-- Gives the log a new identity unless that has been done already, and lets every node know.
CREATE FUNCTION renew_log_identity(expected uuid) RETURNS SETOF log_identity
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
        UPDATE log_identity
        SET id = gen_random_uuid(), renewed_at = clock_timestamp()
        WHERE id = expected
        RETURNING *;

    -- Position 0 tells of no event; who hears it looks at the log.
    PERFORM pg_notify('recount_event_log', '0');
END
$$;
