-- Index: runs primary key.
UPDATE runs
SET cancel_requested_at = @now, cancel_reason = @reason
WHERE id = @runId AND completed_at IS NULL AND cancel_requested_at IS NULL
RETURNING *;
