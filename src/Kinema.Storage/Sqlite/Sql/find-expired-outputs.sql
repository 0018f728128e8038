-- Index: runs_with_output (completed_at, id).
SELECT id, output_json
FROM runs
WHERE status = 'succeeded' AND outputs_forgotten_at IS NULL AND completed_at < @before
ORDER BY completed_at
LIMIT 100;
