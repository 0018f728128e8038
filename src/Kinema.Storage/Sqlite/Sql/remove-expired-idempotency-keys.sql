-- Index: idempotency_keys_by_expiry. Without its run a row leaves nothing behind when it is deleted.
UPDATE idempotency_keys
SET run_id = NULL
WHERE run_id IS NOT NULL AND rowid IN (SELECT rowid FROM idempotency_keys WHERE expires_at <= @now ORDER BY expires_at LIMIT @limit);

DELETE FROM idempotency_keys
WHERE rowid IN (SELECT rowid FROM idempotency_keys WHERE expires_at <= @now ORDER BY expires_at LIMIT @limit);
