-- Index: secrets primary key.
UPDATE secrets
SET label = @label, updated_at = @now
WHERE id = @id AND org_id = @orgId;
