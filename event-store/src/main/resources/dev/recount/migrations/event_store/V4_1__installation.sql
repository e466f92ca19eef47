CREATE TABLE installation (
    one_row boolean NOT NULL DEFAULT true CHECK (one_row),
    id      uuid    NOT NULL DEFAULT gen_random_uuid(),
    CONSTRAINT installation_one_row PRIMARY KEY (one_row)
);

COMMENT ON TABLE installation IS 'One row: what this log is called where nobody has named it';

INSERT INTO installation DEFAULT VALUES;
