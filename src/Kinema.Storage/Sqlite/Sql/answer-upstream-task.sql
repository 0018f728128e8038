-- Index: upstream_tasks primary key. A task that was lost may be found; one that is known stays so.
UPDATE upstream_tasks
SET state = @state, task_id = coalesce(@taskId, task_id), answered_at = coalesce(answered_at, @now)
WHERE run_key = @key AND (state = 'submitting' OR (state = 'doubtful' AND @state = 'submitted'));
