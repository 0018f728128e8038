-- Index: runs_by_client_ref (org_id, client_ref, created_at, id).
SELECT *
FROM runs
WHERE org_id = @orgId
  AND client_ref = @clientRef
  AND (created_at, id) < (@createdAt, @id)
  AND (@status IS NULL OR status = @status)
  AND (@modelSlug IS NULL OR model_slug = @modelSlug)
ORDER BY created_at DESC, id DESC
LIMIT @limit;
