-- Index: assets primary key.
UPDATE assets
SET forgotten_at = @now
WHERE id = @id AND org_id = @orgId AND forgotten_at IS NULL;
