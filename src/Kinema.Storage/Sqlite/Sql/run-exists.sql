-- Index: runs primary key.
SELECT EXISTS (SELECT 1 FROM runs WHERE id = @runId AND org_id = @orgId AND erased_at IS NULL);
