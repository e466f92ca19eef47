CREATE TABLE bulk_change (
    bulk_id uuid PRIMARY KEY,
    actor bigint,
    applied_at timestamptz NOT NULL,
    undone_at timestamptz,
    undone_by bigint
);

COMMENT ON TABLE bulk_change IS 'Projection change-sets: every bulk change of statuses';
