-- Index: secrets_by_org (org_id, created_at, id), read backwards.
SELECT id
FROM secrets
WHERE org_id = @orgId AND id <> @exceptId AND disabled_at IS NULL
ORDER BY created_at DESC, id DESC
LIMIT 1;
