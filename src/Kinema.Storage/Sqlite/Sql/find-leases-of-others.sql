-- Index: runs_leased, read whole: it holds only what is claimed now; workers primary key. A remote worker did not die with the server.
SELECT id AS run_id, fence
FROM runs
WHERE status IN ('dispatching', 'running')
  AND instance_id <> @instanceId
  AND NOT EXISTS (SELECT 1 FROM workers WHERE workers.id = runs.worker_id AND key_id IS NOT NULL)
ORDER BY lease_until;
