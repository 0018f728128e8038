-- Indexes: runs_by_expiry, runs_waiting and outbox_due, read whole at start. Steady time begins anew as wall time: what the server before wrote may be ahead of it
-- or behind, by as long as the machine slept or its clock was set.
UPDATE runs
SET expires_at = deadline_at
WHERE completed_at IS NULL AND expires_at <> deadline_at;

-- A run not begun was available from its creation on. Steady and wall time of one moment differ by less than a second unless the clock was set.
UPDATE runs
SET available_at = min(@now, created_at)
WHERE status = 'queued' AND started_at IS NULL AND (available_at > @now OR abs(available_at - created_at) > 1000000);

UPDATE runs
SET available_at = @now
WHERE status = 'queued' AND started_at IS NOT NULL AND available_at > @now;

UPDATE outbox
SET next_attempt_at = @now
WHERE status = 'pending' AND next_attempt_at > @now;

UPDATE workers
SET heard_at = @now
WHERE heard_at > @now;
