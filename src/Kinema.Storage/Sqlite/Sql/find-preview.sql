-- Index: previews primary key.
SELECT content_type, content, sequence
FROM previews
WHERE run_id = @runId;
