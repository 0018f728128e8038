-- Index: keys_by_org (org_id, created_at, id).
SELECT *
FROM keys
WHERE org_id = @orgId
ORDER BY created_at DESC, id DESC;
