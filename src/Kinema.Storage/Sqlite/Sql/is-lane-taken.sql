-- Index: upstream_tasks_one_submit.
SELECT count(*)
FROM upstream_tasks
WHERE lane = @lane AND state = 'submitting';
