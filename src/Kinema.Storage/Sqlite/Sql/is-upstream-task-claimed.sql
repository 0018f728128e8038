-- Index: upstream_tasks_by_id.
SELECT count(*)
FROM upstream_tasks
WHERE lane = (SELECT own.lane FROM upstream_tasks AS own WHERE own.run_key = @key) AND task_id = @taskId AND run_key <> @key;
