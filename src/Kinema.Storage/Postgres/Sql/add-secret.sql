INSERT INTO secrets (id, org_id, key_prefix, sealed_text, is_current, label, created_at, updated_at)
VALUES (
  @id, @orgId, @keyPrefix, @sealedText, CASE WHEN EXISTS (SELECT 1 FROM secrets WHERE org_id = @orgId AND is_current = 1) THEN 0 ELSE 1 END, @label, @now, @now)
RETURNING *;
