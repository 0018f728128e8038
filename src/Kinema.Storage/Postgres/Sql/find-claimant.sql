SELECT
  CASE WHEN draining_at IS NOT NULL THEN 1 ELSE 0 END::bigint AS is_draining,
  CASE WHEN heard_at <= @unlessSince THEN 1 ELSE 0 END::bigint AS must_be_noted
FROM workers
WHERE id = @workerId;
