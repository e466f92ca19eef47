-- What each report remembers of an issue. No issue had a priority before, so what is counted stays as it is.
ALTER TABLE cumulative_flow_issue ADD COLUMN priority text COLLATE "C" NOT NULL DEFAULT 'none';
ALTER TABLE cycle_time_issue ADD COLUMN priority text COLLATE "C" NOT NULL DEFAULT 'none';
ALTER TABLE resolution_time_issue ADD COLUMN priority text COLLATE "C" NOT NULL DEFAULT 'none';
ALTER TABLE time_in_status_issue ADD COLUMN priority text COLLATE "C" NOT NULL DEFAULT 'none';
ALTER TABLE throughput_issue ADD COLUMN priority text COLLATE "C" NOT NULL DEFAULT 'none';
ALTER TABLE ageing_issue ADD COLUMN priority text COLLATE "C" NOT NULL DEFAULT 'none';
ALTER TABLE workload_issue ADD COLUMN priority text COLLATE "C" NOT NULL DEFAULT 'none';
ALTER TABLE reopen_rate_issue ADD COLUMN priority text COLLATE "C" NOT NULL DEFAULT 'none';
ALTER TABLE created_resolved_issue ADD COLUMN priority text COLLATE "C" NOT NULL DEFAULT 'none';
