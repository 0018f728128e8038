-- Indexes: upstream_tasks_open; runs primary key.
SELECT run_key, org_id, state, task_id, created_at, sent_at, answered_at
FROM upstream_tasks
WHERE
  lane = @lane AND state IN ('submitted', 'doubtful') AND ended_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.id = upstream_tasks.run_key AND runs.completed_at IS NULL);
