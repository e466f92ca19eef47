CREATE TABLE rebuild (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text COLLATE "C" NOT NULL,
    projections text[] NOT NULL,
    node text NOT NULL,
    phase text COLLATE "C" NOT NULL,
    events_done bigint NOT NULL DEFAULT 0,
    events_total bigint NOT NULL DEFAULT 0,
    events_per_second double precision,
    started_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    estimated_end timestamptz,
    cancel_requested boolean NOT NULL DEFAULT false,
    swapped text[] NOT NULL DEFAULT '{}',
    swap_attempts int NOT NULL DEFAULT 0,
    longest_lock_micros bigint,
    cause text,
    failed_projection text,
    failed_position bigint,
    failed_stream text,
    failed_type text,
    report jsonb
) WITH (fillfactor = 50);

COMMENT ON TABLE rebuild IS
    'Machinery of all projections: every run that fills a generation of tables from the log, those of late that are over included';
COMMENT ON COLUMN rebuild.kind IS 'rebuild, fill (by itself, for a projection that is new or has a new version) or verification';
COMMENT ON COLUMN rebuild.phase IS
    'preparing, loading, indexing, catching_up, swapping or comparing; in the end done, failed, cancelled or interrupted';
COMMENT ON COLUMN rebuild.swapped IS 'The projections whose new generation is being read already';
COMMENT ON COLUMN rebuild.longest_lock_micros IS 'For which a projection stood still to be swapped';
COMMENT ON COLUMN rebuild.report IS 'What a verification found';
