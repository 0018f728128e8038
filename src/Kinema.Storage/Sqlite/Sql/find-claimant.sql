-- Index: workers primary key.
SELECT draining_at IS NOT NULL AS is_draining, coalesce(heard_at <= @unlessSince, 0) AS must_be_noted
FROM workers
WHERE id = @workerId;
