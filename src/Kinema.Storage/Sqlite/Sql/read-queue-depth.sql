-- Indexes: runs_waiting, runs_leased.
SELECT
  (SELECT count(*) FROM runs WHERE status = 'queued') AS queued,
  (SELECT count(*) FROM runs WHERE status IN ('dispatching', 'running')) AS active;
