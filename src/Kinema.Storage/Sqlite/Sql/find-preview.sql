-- Indexes: previews and runs primary keys.
SELECT content_type, content, sequence
FROM previews
WHERE run_id = @runId
  AND EXISTS (SELECT 1 FROM runs WHERE id = @runId AND org_id = @orgId AND erased_at IS NULL);
