-- Indexes: runs_waiting and outbox_due, read whole at start. If the clock was set back while no server ran, delays of seconds would become hours.
UPDATE runs
SET available_at = @now
WHERE status = 'queued' AND available_at > @now;

UPDATE outbox
SET next_attempt_at = @now + max(0, next_attempt_at - updated_at)
WHERE status = 'pending' AND next_attempt_at > @now + max(0, next_attempt_at - updated_at);
