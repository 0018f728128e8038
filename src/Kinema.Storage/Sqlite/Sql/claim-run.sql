-- Index: runs_waiting, walked oldest first; it covers every condition, so that a queue of other engines' runs costs no row look-ups.
UPDATE runs
SET
  status = 'dispatching',
  fence = fence + 1,
  attempt_count = attempt_count + 1,
  worker_id = @workerId,
  instance_id = @instanceId,
  lease_until = @leaseUntil,
  started_at = coalesce(started_at, @now),
  last_sequence = last_sequence + 1
WHERE id = (
  SELECT id
  FROM runs
  WHERE status = 'queued'
    AND engine_id IN (SELECT value FROM json_each(@engineIds))
    AND available_at <= @now
    AND deadline_at > @now
  ORDER BY created_at, id
  LIMIT 1)
RETURNING *;
