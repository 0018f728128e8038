-- Index: runs_by_expiry, which holds only the unfinished.
SELECT input_json
FROM runs
WHERE completed_at IS NULL;
