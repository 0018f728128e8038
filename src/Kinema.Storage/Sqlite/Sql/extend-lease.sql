-- Index: runs primary key. A lease that ran out but was not taken back yet is extended like any other: the fence decides.
UPDATE runs
SET lease_until = @leaseUntil
WHERE id = @runId AND fence = @fence AND worker_id = @workerId AND status IN ('dispatching', 'running')
RETURNING cancel_requested_at IS NOT NULL AS cancel_requested, expires_at;
