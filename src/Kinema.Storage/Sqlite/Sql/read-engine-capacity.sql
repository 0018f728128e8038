-- Scans: a handful of workers. An engine that waits for another machine has slots of its own; the others share their worker's capacity.
SELECT coalesce(sum(coalesce(json_extract(engine.value, '$.slots'), workers.capacity)), 0)
FROM workers, json_each(workers.engines_json) AS engine
WHERE json_extract(engine.value, '$.id') = @engineId
  AND draining_at IS NULL
  AND (key_id IS NULL OR heard_at > @heardAfter);
