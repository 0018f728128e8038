-- Index: inputs primary key (run_id, field).
SELECT digest
FROM inputs
WHERE run_id = @runId;
