-- Index: outbox_one_in_flight (run_id).
SELECT *
FROM outbox
WHERE run_id = @runId AND status = 'pending';
