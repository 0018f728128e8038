-- Index: upstream_tasks primary key. The first end counts.
UPDATE upstream_tasks
SET state = 'ended', outcome = @outcome, cost = @cost, ended_at = @now
WHERE run_key = @key AND state IN ('submitted', 'doubtful');
