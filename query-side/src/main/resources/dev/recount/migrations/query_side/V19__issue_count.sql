-- Counts that come to zero are not kept any more, so that the same log always leads to the same rows.
DELETE FROM issue_count
WHERE count = 0;
