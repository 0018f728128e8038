-- Index: artifacts primary key (key).
INSERT INTO artifacts (key, run_id, org_id, role, content_type, size_bytes, digest, created_at)
VALUES (@key, @runId, @orgId, @role, @contentType, @sizeBytes, @digest, @now);
