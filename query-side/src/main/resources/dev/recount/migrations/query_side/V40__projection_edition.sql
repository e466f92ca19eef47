ALTER TABLE projection ADD COLUMN edition bigint NOT NULL DEFAULT 1;

COMMENT ON COLUMN projection.edition IS
    'How often the rows were changed otherwise than by going on in the log: by a swap of generations, by what became of a dead letter';
