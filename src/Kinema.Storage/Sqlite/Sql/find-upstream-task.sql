-- Index: upstream_tasks primary key.
SELECT run_key, org_id, state, task_id, created_at, sent_at, answered_at
FROM upstream_tasks
WHERE run_key = @key;
