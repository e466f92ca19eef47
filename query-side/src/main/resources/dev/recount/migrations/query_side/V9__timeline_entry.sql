CREATE TABLE timeline_entry (
    issue_id bigint NOT NULL,
    sequence bigint NOT NULL,
    position bigint NOT NULL,
    type text COLLATE "C" NOT NULL,
    happened_at timestamptz NOT NULL,
    version bigint NOT NULL,
    actor bigint,
    details jsonb NOT NULL,
    PRIMARY KEY (issue_id, sequence)
);

-- For "what happened since" across all issues.
CREATE UNIQUE INDEX timeline_entry_since ON timeline_entry (position);

COMMENT ON TABLE timeline_entry IS 'Projection timeline: every change of every issue that a reader sees, each of them once';
COMMENT ON COLUMN timeline_entry.version IS 'That the issue had after the change; comments and labels leave it as it was';
