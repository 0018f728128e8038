-- Indexes: outbox_one_automatic and outbox_one_in_flight refuse a second one.
INSERT INTO outbox (
  id, org_id, run_id, callback_url, endpoint, payload, request_id, is_automatic, status, max_attempts, next_attempt_at, created_at, updated_at, trace_parent)
VALUES (@id, @orgId, @runId, @callbackUrl, @endpoint, @payload, @requestId, @isAutomatic, 'pending', @maxAttempts, @nextAttemptAt, @now, @now, @traceParent);
