-- Index: events primary key (run_id, sequence).
SELECT sequence, type, at, data_json
FROM events
WHERE run_id = @runId AND sequence > @afterSequence
ORDER BY sequence
LIMIT @limit;
