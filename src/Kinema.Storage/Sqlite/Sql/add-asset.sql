-- Index: assets primary key.
INSERT INTO assets (id, org_id, name, mime_type, size_bytes, digest, source_type, created_by, created_at, confirmed_at, run_id)
VALUES (@id, @orgId, @name, @mimeType, @sizeBytes, @digest, @sourceType, @createdBy, @createdAt, @confirmedAt, @runId);
