-- Index: upstream_tasks_by_day. A task whose cost nobody knows counts with what was held for it.
SELECT
  coalesce(sum(coalesce(cost, held)), 0)::bigint AS in_all,
  coalesce(sum(CASE WHEN org_id = @orgId THEN coalesce(cost, held) ELSE 0 END), 0)::bigint AS of_organization
FROM upstream_tasks
WHERE day = @day AND state <> 'rejected';
