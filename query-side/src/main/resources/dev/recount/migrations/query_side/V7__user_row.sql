CREATE TABLE user_row (
    id bigint PRIMARY KEY,
    username text NOT NULL,
    display_name text NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE INDEX user_row_newest ON user_row (created_at DESC, id DESC);

COMMENT ON TABLE user_row IS 'Projection user-list: every user';
