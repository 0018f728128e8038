-- Indexes: runs_by_expiry, runs_waiting and outbox_due, read whole at start. Steady time begins anew as wall time: what the server before wrote may be ahead of it
-- or behind, by as long as the machine slept or its clock was set.
UPDATE runs
SET expires_at = deadline_at
WHERE completed_at IS NULL AND expires_at <> deadline_at;

UPDATE runs
SET available_at = CASE WHEN started_at IS NULL THEN min(@now, created_at) ELSE min(@now, available_at) END
WHERE status = 'queued';

UPDATE outbox
SET next_attempt_at = @now
WHERE status = 'pending' AND next_attempt_at > @now;
