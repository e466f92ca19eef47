CREATE TABLE bulk_change_issue (
    bulk_id uuid NOT NULL,
    place integer NOT NULL,
    issue_id bigint NOT NULL,
    from_status text COLLATE "C" NOT NULL,
    to_status text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    PRIMARY KEY (bulk_id, place)
);

COMMENT ON TABLE bulk_change_issue IS
    'Projection change-sets: the issues of bulk changes in the order of the request, and what became of them by an undo';
