-- Index: runs_by_status (org_id, status): it reads the active runs of the organisation alone.
SELECT count(*)
FROM runs
WHERE status IN ('dispatching', 'running') AND org_id = @orgId AND erased_at IS NULL;
