-- Index: workers_by_registration; runs_leased for each worker, read whole: it holds only what is claimed now.
SELECT
  id,
  name,
  capacity,
  engines_json,
  registered_at,
  key_id,
  protocol,
  version,
  heard_at,
  draining_at,
  (SELECT count(*) FROM runs WHERE status IN ('dispatching', 'running') AND worker_id = workers.id) AS active,
  (SELECT count(*) FROM runs WHERE status IN ('dispatching', 'running') AND worker_id = workers.id AND lease_until < @now) AS silent
FROM workers
WHERE key_id IS NULL OR heard_at > @heardAfter
ORDER BY registered_at, rowid;
