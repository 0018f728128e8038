-- Index: runs_leased.
SELECT id AS run_id, fence
FROM runs
WHERE status IN ('dispatching', 'running');
