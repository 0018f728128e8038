-- Index: attempts primary key (run_id, fence), read backwards.
SELECT claimed_at
FROM attempts
WHERE run_id = @runId
ORDER BY fence DESC
LIMIT 1;
