CREATE TABLE resolution_bucket (
    bucket int PRIMARY KEY,
    issue_count bigint NOT NULL CHECK (issue_count > 0),
    total_micros numeric NOT NULL CHECK (total_micros >= 0)
) WITH (fillfactor = 50);

COMMENT ON TABLE resolution_bucket IS
    'Projection resolution: the issues that are resolved or closed now, by how long that took, in classes 0.4 % wide';
COMMENT ON COLUMN resolution_bucket.total_micros IS 'The sum of their resolution times, exact';
