SELECT coalesce(sum(coalesce((engine ->> 'slots')::bigint, workers.capacity)), 0)::bigint
FROM workers, json_array_elements(workers.engines_json::json) AS engine
WHERE engine ->> 'id' = @engineId
  AND draining_at IS NULL
  AND (key_id IS NULL OR heard_at > @heardAfter);
