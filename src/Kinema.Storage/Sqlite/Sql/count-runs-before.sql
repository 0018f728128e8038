-- Index: runs_waiting (org_id, engine_id, created_at, id); counting stops at the limit.
SELECT count(*)
FROM (
  SELECT 1
  FROM runs INDEXED BY runs_waiting
  WHERE status = 'queued' AND org_id = @orgId AND engine_id = @engineId AND (created_at, id) < (@createdAt, @id)
  LIMIT @limit) AS before;
