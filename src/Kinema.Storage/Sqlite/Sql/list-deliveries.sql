-- Index: outbox_by_run (run_id, created_at, id).
-- The automatic one is always the first; a redelivery in the same microsecond still comes before it.
SELECT *
FROM outbox
WHERE run_id = @runId AND org_id = @orgId
ORDER BY created_at DESC, is_automatic, id DESC
LIMIT @limit;
