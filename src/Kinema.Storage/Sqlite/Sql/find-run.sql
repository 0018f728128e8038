-- Index: runs primary key. A null organisation stands for a platform administrator.
SELECT *
FROM runs
WHERE id = @runId AND (@orgId IS NULL OR org_id = @orgId) AND erased_at IS NULL;
