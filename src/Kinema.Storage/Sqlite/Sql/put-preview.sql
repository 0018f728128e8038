-- Index: previews primary key. Only the latest is kept.
INSERT INTO previews (run_id, content_type, content, sequence)
VALUES (@runId, @contentType, @content, @sequence)
ON CONFLICT (run_id) DO UPDATE SET content_type = excluded.content_type, content = excluded.content, sequence = excluded.sequence;
