-- Index: upstream_tasks_one_submit.
UPDATE upstream_tasks
SET state = 'doubtful', answered_at = @now
WHERE lane = @lane AND state = 'submitting';
