-- Index: worker_keys unique (prefix).
SELECT *
FROM worker_keys
WHERE prefix = @prefix AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @now);
