-- Index: runs_leased, read whole: it holds only what workers have.
SELECT count(*)
FROM runs
WHERE status IN ('dispatching', 'running') AND org_id = @orgId;
