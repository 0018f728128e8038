-- Index: assets primary key. Confirming twice keeps the first time and folder.
UPDATE assets
SET confirmed_at = coalesce(confirmed_at, @now), folder_id = CASE WHEN confirmed_at IS NULL THEN @folderId ELSE folder_id END
WHERE id = @id AND org_id = @orgId AND digest IS NOT NULL AND forgotten_at IS NULL
RETURNING *;
