CREATE TABLE user_count (
    scope text COLLATE "C" PRIMARY KEY,
    count bigint NOT NULL
) WITH (fillfactor = 50);

COMMENT ON TABLE user_count IS 'Projection user-list: how many users there are';
COMMENT ON COLUMN user_count.scope IS 'all';
