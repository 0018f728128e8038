-- Index: workers primary key.
SELECT id, key_id, name, engines_json, draining_at
FROM workers
WHERE id = @workerId;
