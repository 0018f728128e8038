-- Indexes: runs_waiting, one seek for each organisation, however many runs wait; org_turns primary key. Sorts these organisations.
WITH RECURSIVE waiting (org_id) AS (
  SELECT min(org_id)
  FROM runs
  WHERE status = 'queued'
  UNION ALL
  SELECT (SELECT min(runs.org_id) FROM runs WHERE runs.status = 'queued' AND runs.org_id > waiting.org_id)
  FROM waiting
  WHERE waiting.org_id IS NOT NULL)
SELECT waiting.org_id
FROM waiting
LEFT JOIN org_turns AS turns ON turns.queue = 'runs' AND turns.org_id = waiting.org_id
WHERE waiting.org_id IS NOT NULL
ORDER BY coalesce(turns.turn, 0), waiting.org_id;
