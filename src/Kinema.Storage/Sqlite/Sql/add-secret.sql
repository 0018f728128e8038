-- Index: secrets_one_current refuses a second current one.
INSERT INTO secrets (id, org_id, key_prefix, sealed_text, is_current, label, created_at, updated_at)
VALUES (@id, @orgId, @keyPrefix, @sealedText, 1, @label, @now, @now)
RETURNING *;
