-- Index: runs_leased (lease_until, id, fence, instance_id).
SELECT id AS run_id, fence
FROM runs
WHERE status IN ('dispatching', 'running') AND lease_until <= @now
ORDER BY lease_until;
