-- Index: workers primary key. Nobody registers as another's worker. A worker that drains goes on draining.
INSERT INTO workers (id, instance_id, name, capacity, engines_json, registered_at, key_id, protocol, version, heard_at)
VALUES (@id, @instanceId, @name, @capacity, @enginesJson, @now, @keyId, @protocol, @version, @heardAt)
ON CONFLICT (id) DO UPDATE SET
  instance_id = excluded.instance_id,
  name = excluded.name,
  capacity = excluded.capacity,
  engines_json = excluded.engines_json,
  registered_at = excluded.registered_at,
  protocol = excluded.protocol,
  version = excluded.version,
  heard_at = excluded.heard_at
WHERE workers.key_id IS excluded.key_id;
