-- Index: outbox_due (next_attempt_at, id, locked_until, endpoint).
UPDATE outbox
SET locked_by = @instanceId, locked_until = @lockedUntil
WHERE id = (
  SELECT id
  FROM outbox
  WHERE status = 'pending'
    AND next_attempt_at <= @now
    AND (locked_until IS NULL OR locked_until <= @now)
    AND endpoint NOT IN (SELECT value FROM json_each(@busyEndpoints))
  ORDER BY next_attempt_at, id
  LIMIT 1)
RETURNING *;
