-- A series reads one row of each day, and in between lie those of all assignees and labels: the more there are, the more
-- pages the rows of one scope are spread over. With its counters in the key's index a scope is read from a few pages.
ALTER TABLE throughput_day
    DROP CONSTRAINT throughput_day_pkey,
    ADD PRIMARY KEY (scope, day) INCLUDE (resolved);

ALTER TABLE ageing_day
    DROP CONSTRAINT ageing_day_pkey,
    ADD PRIMARY KEY (scope, created_day) INCLUDE (unresolved);

ALTER TABLE reopen_rate_day
    DROP CONSTRAINT reopen_rate_day_pkey,
    ADD PRIMARY KEY (scope, day) INCLUDE (resolved, reopened);

ALTER TABLE created_resolved_day
    DROP CONSTRAINT created_resolved_day_pkey,
    ADD PRIMARY KEY (scope, day) INCLUDE (created, resolved, reopened, unresolved_change);

ALTER TABLE cumulative_flow_day
    DROP CONSTRAINT cumulative_flow_day_pkey,
    ADD PRIMARY KEY (scope, day) INCLUDE (open, in_progress, resolved, closed);
