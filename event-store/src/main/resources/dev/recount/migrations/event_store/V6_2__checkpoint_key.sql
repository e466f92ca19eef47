CREATE TABLE checkpoint_key (
    vkey          text        NOT NULL,
    first_used_at timestamptz NOT NULL,
    CONSTRAINT checkpoint_key_vkey PRIMARY KEY (vkey)
);

COMMENT ON TABLE checkpoint_key IS 'Every public key that checkpoints were ever signed with, in the format of C2SP signed-note';
