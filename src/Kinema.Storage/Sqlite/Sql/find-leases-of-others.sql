-- Index: runs_leased, read whole: it holds only what is claimed now.
SELECT id AS run_id, fence
FROM runs
WHERE status IN ('dispatching', 'running') AND instance_id <> @instanceId
ORDER BY lease_until;
