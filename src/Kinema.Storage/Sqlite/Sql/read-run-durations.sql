-- Index: runs_with_output, read backwards over a bounded number of runs.
SELECT completed_at - started_at
FROM (
  SELECT engine_id, started_at, completed_at
  FROM runs
  WHERE status = 'succeeded' AND outputs_forgotten_at IS NULL
  ORDER BY completed_at DESC, id DESC
  LIMIT 100)
WHERE engine_id = @engineId
LIMIT 20;
