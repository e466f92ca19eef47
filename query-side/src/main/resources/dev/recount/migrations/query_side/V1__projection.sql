CREATE TABLE projection (
    name text PRIMARY KEY,
    version int NOT NULL,
    generation int NOT NULL,
    position bigint NOT NULL CHECK (position >= 0),
    updated_at timestamptz NOT NULL
) WITH (fillfactor = 20);

COMMENT ON TABLE projection IS
    'Machinery of all projections: one row each, its position in the log moved in the commit of the rows it derived';
