-- Index: runs primary key. A member that was not sent stays.
UPDATE runs
SET
  feedback_is_positive = CASE WHEN @setsIsPositive THEN @isPositive ELSE feedback_is_positive END,
  feedback_reason = CASE WHEN @setsReason THEN @reason ELSE feedback_reason END
WHERE id = @runId AND org_id = @orgId AND erased_at IS NULL
RETURNING *;
