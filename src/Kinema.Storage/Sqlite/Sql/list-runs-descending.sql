-- Index: runs_by_org (org_id, created_at, id).
SELECT *
FROM runs
WHERE org_id = @orgId
  AND (created_at, id) < (@createdAt, @id)
  AND (@status IS NULL OR status = @status)
  AND (@modelSlug IS NULL OR model_slug = @modelSlug)
ORDER BY created_at DESC, id DESC
LIMIT @limit;
