-- Index: runs_leased, read whole: it holds only what is claimed now; workers primary key.
UPDATE runs
SET lease_until = @leaseUntil
WHERE status IN ('dispatching', 'running') AND EXISTS (SELECT 1 FROM workers WHERE workers.id = runs.worker_id AND key_id IS NOT NULL);
