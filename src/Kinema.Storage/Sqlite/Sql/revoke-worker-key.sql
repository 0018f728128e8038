-- Index: worker_keys primary key.
UPDATE worker_keys
SET revoked_at = @now
WHERE id = @id AND revoked_at IS NULL;
