-- Index: worker_keys primary key. At most once a minute, so that reading costs no write.
UPDATE worker_keys
SET last_used_at = @now
WHERE id = @id AND (last_used_at IS NULL OR last_used_at <= @unlessSince);
