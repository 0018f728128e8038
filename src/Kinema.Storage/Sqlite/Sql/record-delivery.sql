-- Index: outbox primary key. A delivery that is already over stays as it ended; the late attempt is still counted.
UPDATE outbox
SET
  attempt_count = attempt_count + 1,
  signing_secret_id = coalesce(@signingSecretId, signing_secret_id),
  failure_reason_code = CASE WHEN status = 'pending' THEN @failureReasonCode ELSE failure_reason_code END,
  failure_detail = CASE WHEN status = 'pending' THEN @failureDetail ELSE failure_detail END,
  next_attempt_at = CASE WHEN status = 'pending' THEN @nextAttemptAt END,
  completed_at = CASE WHEN status <> 'pending' THEN completed_at WHEN @status <> 'pending' THEN @now END,
  status = CASE WHEN status = 'pending' THEN @status ELSE status END,
  locked_by = NULL,
  locked_until = NULL,
  updated_at = @now
WHERE id = @deliveryId
RETURNING attempt_count;
