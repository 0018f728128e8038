-- Index: attempts primary key, read backwards.
SELECT checkpoint
FROM attempts
WHERE run_id = @runId AND checkpoint IS NOT NULL
ORDER BY fence DESC
LIMIT 1;
