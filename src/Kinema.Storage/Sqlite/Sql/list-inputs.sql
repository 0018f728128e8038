-- Index: inputs primary key (run_id, field).
SELECT field, source_uri, digest, content_type, size_bytes, width, height, seconds, has_sound, lost_seconds, details
FROM inputs
WHERE run_id = @runId AND forgotten_at IS NULL
ORDER BY field;
