-- Index: artifacts_by_run (run_id). The rows stay: they say what was delivered.
UPDATE artifacts
SET forgotten_at = @now
WHERE run_id = @runId;
