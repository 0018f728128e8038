-- Index: workers primary key.
INSERT INTO workers (id, instance_id, name, capacity, engines_json, registered_at)
VALUES (@id, @instanceId, @name, @capacity, @enginesJson, @now)
ON CONFLICT (id) DO UPDATE SET
  instance_id = excluded.instance_id,
  name = excluded.name,
  capacity = excluded.capacity,
  engines_json = excluded.engines_json,
  registered_at = excluded.registered_at;
