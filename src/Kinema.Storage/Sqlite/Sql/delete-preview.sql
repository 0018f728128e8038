-- Index: previews primary key.
DELETE FROM previews
WHERE run_id = @runId;
