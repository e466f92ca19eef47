CREATE TABLE issue_state (
    issue_id bigint NOT NULL,
    from_position bigint NOT NULL,
    sequence bigint NOT NULL,
    title text NOT NULL,
    description_position bigint,
    status text COLLATE "C" NOT NULL,
    assignee bigint,
    version bigint NOT NULL,
    edited boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    labels jsonb NOT NULL,
    withdrawn boolean NOT NULL,
    status_before text COLLATE "C",
    assignee_before bigint,
    PRIMARY KEY (issue_id, from_position)
);

-- The issues in the order of the list: one entry for each, however many states it has.
CREATE INDEX issue_state_newest ON issue_state (created_at DESC, issue_id DESC) WHERE sequence = 0;
-- What happened within a part of the log.
CREATE INDEX issue_state_from_position ON issue_state (from_position);

COMMENT ON TABLE issue_state IS
    'Projection issue-history: every state of every issue, from the position of the event that led to it on, until its next one';
COMMENT ON COLUMN issue_state.sequence IS 'Of the event that led to the state';
COMMENT ON COLUMN issue_state.description_position IS 'The row of issue_description; null for an empty description';
COMMENT ON COLUMN issue_state.edited IS 'Whether the event was one of an edit, which moved the version, or of labels';
COMMENT ON COLUMN issue_state.status_before IS 'That of the state before; null where there is none';
COMMENT ON COLUMN issue_state.withdrawn IS 'Whether the issue is there no more; no state follows';
