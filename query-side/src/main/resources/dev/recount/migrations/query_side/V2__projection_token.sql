CREATE TABLE projection_token (
    processor_name text NOT NULL,
    segment int NOT NULL,
    token text,
    token_type text,
    claimed_at text,
    owner text,
    PRIMARY KEY (processor_name, segment)
) WITH (fillfactor = 20);

COMMENT ON TABLE projection_token IS
    'Machinery of all projections: which node runs a processor and where it reads on, kept by Axon';
