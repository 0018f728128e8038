-- Index: runs_waiting; counting stops at the limit. For readers: the write connection has the counts in memory.
SELECT
  (SELECT count(*) FROM (SELECT 1 FROM runs WHERE status = 'queued' LIMIT @maxQueued) AS all_queued) AS queued,
  (SELECT count(*) FROM (SELECT 1 FROM runs INDEXED BY runs_waiting WHERE org_id = @orgId AND status = 'queued' LIMIT @maxQueuedPerOrg) AS own_queued) AS queued_of_org;
