-- Index: runs_leased, read whole: it holds only what is claimed now.
SELECT count(*)
FROM runs
WHERE status IN ('dispatching', 'running') AND engine_id = @engineId;
