-- Index: outbox_by_run (run_id, created_at, id).
SELECT *
FROM outbox
WHERE run_id = @runId AND org_id = @orgId
ORDER BY created_at DESC, id DESC;
