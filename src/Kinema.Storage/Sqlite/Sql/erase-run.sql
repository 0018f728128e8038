-- Indexes: primary keys of runs, attempts, events, inputs and previews; outbox_by_run; delivery_attempts unique; artifacts_by_run; idempotency_keys_by_run. Erases what a run was asked and what
-- came of it; the caller has checked, in this transaction, that it may. Each table with content of runs has its statement here. Inputs and artifacts
-- keep their digests, as given up, until their files are gone: a sweep then deletes what a crash left.
DELETE FROM events
WHERE run_id = @runId;

DELETE FROM previews
WHERE run_id = @runId;

DELETE FROM delivery_attempts
WHERE delivery_id IN (SELECT id FROM outbox WHERE run_id = @runId);

DELETE FROM outbox
WHERE run_id = @runId;

UPDATE attempts
SET checkpoint = NULL, failure_message = NULL
WHERE run_id = @runId;

UPDATE inputs
SET source_uri = NULL, details = NULL, forgotten_at = coalesce(forgotten_at, @now)
WHERE run_id = @runId;

UPDATE artifacts
SET forgotten_at = coalesce(forgotten_at, @now)
WHERE run_id = @runId;

UPDATE assets
SET forgotten_at = coalesce(forgotten_at, @now)
WHERE id IN (SELECT value FROM json_each(@assetIds));

-- Their keys stay taken, so that a repetition is 404 and makes no second run.
UPDATE idempotency_keys
SET body = NULL, location = NULL, signed_places = '[]'
WHERE run_id = @runId;

UPDATE runs
SET
  input_json = '{}',
  effective_input_json = '{}',
  metadata_json = NULL,
  client_ref = NULL,
  callback_url = NULL,
  output_json = NULL,
  outputs_forgotten_at = coalesce(outputs_forgotten_at, @now),
  failure_message = CASE WHEN failure_code IS NOT NULL THEN '' END,
  cancel_reason = NULL,
  feedback_is_positive = NULL,
  feedback_reason = NULL,
  work_size = NULL,
  prompt_expansion_json = NULL,
  erased_at = @now
WHERE id = @runId;
