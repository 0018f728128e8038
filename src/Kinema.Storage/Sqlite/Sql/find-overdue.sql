-- Indexes: runs_by_deadline; runs_waiting for the runs that no worker ever took.
SELECT id
FROM runs
WHERE completed_at IS NULL AND deadline_at <= @now
UNION
SELECT id
FROM runs
WHERE status = 'queued' AND created_at <= @queuedBefore AND started_at IS NULL;
