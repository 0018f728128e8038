-- Index: attempts primary key (run_id, fence).
UPDATE attempts
SET checkpoint = @checkpoint
WHERE run_id = @runId AND fence = @fence;
