-- Index: secrets_by_org (org_id, created_at, id), read backwards.
SELECT *
FROM secrets
WHERE org_id = @orgId
ORDER BY created_at DESC, id DESC;
