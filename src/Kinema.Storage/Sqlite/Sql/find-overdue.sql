-- Indexes: runs_by_expiry; runs_never_started. A run in both comes twice, which is harmless;
-- sorting out doubles here would walk the whole table in the order of its ids.
SELECT id
FROM runs
WHERE completed_at IS NULL AND expires_at <= @now
UNION ALL
SELECT id
FROM runs
WHERE status = 'queued' AND available_at <= @queuedBefore AND started_at IS NULL;
