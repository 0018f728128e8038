-- Index: secrets_one_current. The first is current; one beside a current one becomes it only when somebody says so.
INSERT INTO secrets (id, org_id, key_prefix, sealed_text, is_current, label, created_at, updated_at)
VALUES (@id, @orgId, @keyPrefix, @sealedText, NOT EXISTS (SELECT 1 FROM secrets WHERE org_id = @orgId AND is_current = 1), @label, @now, @now)
RETURNING *;
