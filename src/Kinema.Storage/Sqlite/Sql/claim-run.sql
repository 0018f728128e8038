-- Index: runs primary key.
UPDATE runs
SET
  status = 'dispatching',
  fence = fence + 1,
  attempt_count = attempt_count + 1,
  worker_id = @workerId,
  instance_id = @instanceId,
  lease_until = @leaseUntil,
  started_at = coalesce(started_at, @startedAt),
  last_sequence = last_sequence + 1
WHERE id = @runId
RETURNING *;
