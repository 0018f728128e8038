-- Index: worker_keys unique (prefix).
INSERT INTO worker_keys (id, name, prefix, hash, engine_ids_json, expires_at, created_at)
VALUES (@id, @name, @prefix, @hash, @engineIdsJson, @expiresAt, @now);
