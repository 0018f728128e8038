-- Index: upstream_tasks_open.
SELECT run_key, org_id, state, task_id, created_at, sent_at, answered_at
FROM upstream_tasks
WHERE lane = @lane AND state = 'doubtful' AND ended_at IS NULL
ORDER BY sent_at;
