-- Index: runs primary key. started_at stays: it is the first start.
UPDATE runs
SET
  status = 'queued',
  available_at = @availableAt,
  attempt_count = attempt_count - @uncounted,
  worker_id = NULL,
  instance_id = NULL,
  lease_until = NULL,
  last_sequence = last_sequence + 1
WHERE id = @runId AND fence = @fence AND status IN ('dispatching', 'running')
RETURNING last_sequence;
