-- Index: secrets_by_org (org_id, created_at, id).
SELECT *
FROM secrets
WHERE org_id = @orgId AND disabled_at IS NULL
ORDER BY is_current DESC, created_at DESC, id DESC;
