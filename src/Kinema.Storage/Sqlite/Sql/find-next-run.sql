-- Index: runs_waiting, the first entry of each engine. Ids sort by creation.
SELECT min((
  SELECT id
  FROM runs
  WHERE status = 'queued'
    AND org_id = @orgId
    AND engine_id = engines.value
    AND available_at <= @now
    AND expires_at > @now
  ORDER BY created_at, id
  LIMIT 1))
FROM json_each(@engineIds) AS engines;
