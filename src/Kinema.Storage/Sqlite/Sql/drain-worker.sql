-- Index: workers primary key.
UPDATE workers
SET draining_at = coalesce(draining_at, @now)
WHERE id = @workerId;
