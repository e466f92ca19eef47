CREATE TABLE checkpoint (
    number    bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    size      bigint      NOT NULL CHECK (size >= 0),
    root_hash bytea       NOT NULL CHECK (octet_length(root_hash) = 32),
    note      text        NOT NULL,
    issued_at timestamptz NOT NULL,
    CONSTRAINT checkpoint_number PRIMARY KEY (number),
    CONSTRAINT checkpoint_note UNIQUE (size, note)
);

COMMENT ON TABLE checkpoint IS 'Every signed checkpoint that was handed out: the log may never contradict one of them';
COMMENT ON COLUMN checkpoint.note IS 'The signed note, in the format of C2SP tlog-checkpoint';

CREATE FUNCTION refuse_change_of_checkpoint() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'checkpoint is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER checkpoint_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_checkpoint();

ALTER TABLE checkpoint ENABLE ALWAYS TRIGGER checkpoint_is_append_only;
