CREATE TABLE projection_claim (
    projection text PRIMARY KEY,
    node uuid NOT NULL,
    claimed_until timestamptz NOT NULL
) WITH (fillfactor = 20);

COMMENT ON TABLE projection_claim IS
    'Machinery of all projections: which node works for a projection, for as long as it renews the claim';

DROP TABLE projection_token;
