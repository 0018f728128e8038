-- Index: keys unique (prefix).
SELECT *
FROM keys
WHERE prefix = @prefix AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @now);
