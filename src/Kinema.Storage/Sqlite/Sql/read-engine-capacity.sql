-- Scans: a handful of workers.
SELECT coalesce(sum(capacity), 0)
FROM workers
WHERE EXISTS (SELECT 1 FROM json_each(engines_json) AS engine WHERE json_extract(engine.value, '$.id') = @engineId)
  AND draining_at IS NULL
  AND (key_id IS NULL OR heard_at > @heardAfter);
