-- Index: secrets_one_current (org_id).
UPDATE secrets
SET is_current = 0, updated_at = @now
WHERE org_id = @orgId AND is_current = 1 AND id <> @exceptId;
