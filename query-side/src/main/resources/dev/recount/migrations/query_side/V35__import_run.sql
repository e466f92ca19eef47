CREATE TABLE import_run (
    import_id uuid PRIMARY KEY,
    state text COLLATE "C" NOT NULL,
    total_rows bigint NOT NULL,
    created bigint NOT NULL,
    failed bigint NOT NULL,
    withdrawn bigint NOT NULL,
    kept bigint NOT NULL,
    actor bigint,
    started_at timestamptz NOT NULL,
    advanced_at timestamptz NOT NULL,
    undone_at timestamptz,
    undone_by bigint,
    sequence bigint NOT NULL
) WITH (fillfactor = 80);

COMMENT ON TABLE import_run IS 'Projection change-sets: every import and how far it came';
COMMENT ON COLUMN import_run.started_at IS 'When its first rows were in the log, or its end where there were none';
COMMENT ON COLUMN import_run.advanced_at IS 'When it last got further, by itself';
COMMENT ON COLUMN import_run.sequence IS 'Of the newest event of the import that is in the row';
