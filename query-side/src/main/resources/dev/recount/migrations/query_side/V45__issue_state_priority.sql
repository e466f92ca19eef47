ALTER TABLE issue_state
    ADD COLUMN priority text COLLATE "C" NOT NULL DEFAULT 'none',
    ADD COLUMN priority_before text COLLATE "C" NOT NULL DEFAULT 'none';

COMMENT ON COLUMN issue_state.priority_before IS 'That of the state before; none if there is none';
