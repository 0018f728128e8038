-- Index: secrets primary key.
UPDATE secrets
SET is_current = 1, updated_at = @now
WHERE id = @id AND org_id = @orgId AND is_current = 0;
