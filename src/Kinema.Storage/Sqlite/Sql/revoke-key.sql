-- Index: keys primary key.
UPDATE keys
SET revoked_at = @now
WHERE id = @id AND org_id = @orgId AND revoked_at IS NULL;
