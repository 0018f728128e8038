-- Index: workers_by_registration; runs_leased for each worker, read whole: it holds only what is claimed now.
SELECT
  name,
  capacity,
  engines_json,
  registered_at,
  (SELECT count(*) FROM runs WHERE status IN ('dispatching', 'running') AND worker_id = workers.id) AS active,
  (SELECT count(*) FROM runs WHERE status IN ('dispatching', 'running') AND worker_id = workers.id AND lease_until < @now) AS silent
FROM workers
ORDER BY registered_at, rowid;
