-- Indexes: runs_ended, covering; runs_by_status for those that go on, which the limits of the queue bound. Days are UTC.
SELECT day, model_slug, source_code, sum(runs) AS runs, sum(spend) AS spend, sum(ended) AS ended, sum(duration) AS duration
FROM (
  SELECT created_at / 86400000000 AS day, model_slug, source_code, count(*) AS runs, sum(cost) AS spend, count(*) AS ended, sum(completed_at - created_at) AS duration
  FROM runs INDEXED BY runs_ended
  WHERE org_id = @orgId AND created_at >= @start AND created_at < @end AND completed_at IS NOT NULL
  GROUP BY 1, 2, 3
  UNION ALL
  SELECT created_at / 86400000000, model_slug, source_code, count(*), 0, 0, 0
  FROM runs INDEXED BY runs_by_status
  WHERE org_id = @orgId AND status IN ('queued', 'dispatching', 'running') AND created_at >= @start AND created_at < @end AND erased_at IS NULL
  GROUP BY 1, 2, 3)
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3;
