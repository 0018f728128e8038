-- Index: assets primary key.
SELECT *
FROM assets
WHERE id = @id AND org_id = @orgId AND forgotten_at IS NULL;
