SELECT
  day, model_slug, source_code, sum(runs)::bigint AS runs, sum(spend)::bigint AS spend, sum(ended)::bigint AS ended, sum(duration)::bigint AS duration
FROM (
  SELECT created_at / 86400000000 AS day, model_slug, source_code, count(*) AS runs, sum(cost) AS spend, count(*) AS ended, sum(completed_at - created_at) AS duration
  FROM runs
  WHERE org_id = @orgId AND created_at >= @start AND created_at < @end AND completed_at IS NOT NULL
  GROUP BY 1, 2, 3
  UNION ALL
  SELECT created_at / 86400000000, model_slug, source_code, count(*), 0, 0, 0
  FROM runs
  WHERE org_id = @orgId AND status IN ('queued', 'dispatching', 'running') AND created_at >= @start AND created_at < @end AND erased_at IS NULL
  GROUP BY 1, 2, 3) AS counts
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3;
