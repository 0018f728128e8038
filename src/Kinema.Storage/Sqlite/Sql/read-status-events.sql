-- Index: events primary key (run_id, sequence): reads the run's own events only.
SELECT sequence, type, at, data_json
FROM events
WHERE run_id = @runId AND type = 'status'
ORDER BY sequence;
