CREATE TABLE import_issue (
    issue_id bigint PRIMARY KEY,
    import_id uuid NOT NULL,
    row_number bigint NOT NULL,
    state text COLLATE "C" NOT NULL
) WITH (fillfactor = 80);

-- For the pages of an import.
CREATE INDEX import_issue_import ON import_issue (import_id, row_number);

COMMENT ON TABLE import_issue IS 'Projection change-sets: the issues that imports created, and what became of them by an undo';
