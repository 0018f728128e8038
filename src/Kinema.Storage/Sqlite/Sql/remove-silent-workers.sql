-- Scans: a handful of workers.
DELETE FROM workers
WHERE key_id IS NOT NULL AND heard_at <= @heardBefore;
