-- Indexes: runs_waiting, runs_leased and workers_by_registration, each read for what is there now; runs_with_output, the last runs that succeeded.
SELECT
  (SELECT count(*) FROM runs WHERE status = 'queued') AS ahead,
  (SELECT count(*) FROM runs WHERE status IN ('dispatching', 'running')) AS active,
  (SELECT coalesce(sum(capacity), 0) FROM workers) AS capacity;
