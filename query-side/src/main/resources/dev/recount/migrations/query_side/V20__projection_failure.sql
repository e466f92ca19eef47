ALTER TABLE projection_claim
    ADD COLUMN node_name text,
    ADD COLUMN failing_since timestamptz,
    ADD COLUMN failure text,
    ADD COLUMN failing_from bigint,
    ADD COLUMN failing_to bigint;

COMMENT ON COLUMN projection_claim.node_name IS 'The name by which people know the node: host and process id';
COMMENT ON COLUMN projection_claim.failing_since IS
    'Since when the node has not got over the events failing_from to failing_to; null while it goes on';
