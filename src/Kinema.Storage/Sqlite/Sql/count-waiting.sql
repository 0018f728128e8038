-- Indexes: runs_waiting and runs_waiting_by_org; counting stops at the limit.
SELECT
  (SELECT count(*) FROM (SELECT 1 FROM runs WHERE status = 'queued' LIMIT @maxQueued)) AS queued,
  (SELECT count(*) FROM (SELECT 1 FROM runs WHERE org_id = @orgId AND status = 'queued' LIMIT @maxQueuedPerOrg)) AS queued_of_org;
