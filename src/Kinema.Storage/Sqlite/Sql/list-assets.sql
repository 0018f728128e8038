-- Index: assets_by_org (org_id, created_at, id), backwards.
SELECT *
FROM assets
WHERE org_id = @orgId AND forgotten_at IS NULL AND confirmed_at IS NOT NULL
  AND (created_at, id) < (@createdAt, @id)
ORDER BY created_at DESC, id DESC
LIMIT @limit;
