-- Index: runs primary key.
UPDATE runs
SET output_json = @outputJson, outputs_forgotten_at = @now
WHERE id = @runId;
