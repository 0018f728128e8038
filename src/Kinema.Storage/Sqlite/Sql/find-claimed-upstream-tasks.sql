-- Index: upstream_tasks_by_id.
SELECT task_id
FROM upstream_tasks
WHERE lane = @lane AND task_id IN (SELECT value FROM json_each(@ids)) AND task_id IS NOT NULL;
