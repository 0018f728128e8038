-- Index: assets primary key. Confirming twice keeps the first time.
UPDATE assets
SET confirmed_at = coalesce(confirmed_at, @now)
WHERE id = @id AND org_id = @orgId AND digest IS NOT NULL AND forgotten_at IS NULL
RETURNING *;
