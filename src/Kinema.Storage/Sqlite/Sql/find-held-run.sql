-- Index: runs primary key. The run, if this attempt still holds it.
SELECT *
FROM runs
WHERE id = @runId AND fence = @fence AND worker_id = @workerId AND status IN ('dispatching', 'running');
