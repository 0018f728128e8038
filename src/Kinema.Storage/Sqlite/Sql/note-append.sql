-- Index: attempts primary key (run_id, fence).
UPDATE attempts
SET append_sequence = @sequence
WHERE run_id = @runId AND fence = @fence AND append_sequence < @sequence;
