SELECT coalesce(sum(capacity), 0)::bigint
FROM workers
WHERE EXISTS (SELECT 1 FROM json_array_elements(engines_json::json) AS engine WHERE engine ->> 'id' = @engineId)
  AND draining_at IS NULL
  AND (key_id IS NULL OR heard_at > @heardAfter);
