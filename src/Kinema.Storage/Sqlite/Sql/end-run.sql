-- Index: runs primary key. The only statement that makes a run terminal; the trigger runs_end_once refuses a second end.
UPDATE runs
SET
  status = @status,
  completed_at = max(@now, created_at),
  cost = @cost,
  output_json = @outputJson,
  failure_code = @failureCode,
  failure_message = @failureMessage,
  failure_stage = @failureStage,
  lease_until = NULL,
  fence = fence + @fenceStep,
  last_sequence = last_sequence + 1
WHERE id = @runId AND fence = @fence AND completed_at IS NULL
RETURNING *;
