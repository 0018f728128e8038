UPDATE runs
SET lease_until = @leaseUntil
WHERE id = @runId AND fence = @fence AND worker_id = @workerId AND status IN ('dispatching', 'running')
RETURNING CASE WHEN cancel_requested_at IS NOT NULL THEN 1 ELSE 0 END::bigint AS cancel_requested, expires_at;
