-- Index: runs_by_status (org_id, status), covering.
SELECT count(*)
FROM runs
WHERE status IN ('dispatching', 'running') AND org_id = @orgId AND erased_at IS NULL;
