-- Index: runs_leased, read whole: it holds only what is claimed now.
SELECT *
FROM runs
WHERE status IN ('dispatching', 'running') AND worker_id = @workerId
ORDER BY lease_until;
