-- Index: secrets_by_org. At most once a minute, so that signing costs no write each time.
UPDATE secrets
SET last_used_at = @now
WHERE org_id = @orgId AND disabled_at IS NULL AND (last_used_at IS NULL OR last_used_at <= @unlessSince);
