-- Index: attempts primary key (run_id, fence).
UPDATE attempts
SET
  ended_at = @now,
  outcome = @outcome,
  cost = @cost,
  failure_code = @failureCode,
  failure_message = @failureMessage,
  failure_stage = @failureStage
WHERE run_id = @runId AND fence = @fence AND ended_at IS NULL;
