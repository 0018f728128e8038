-- Index: outbox_due, read whole: it holds only what is pending.
UPDATE outbox
SET locked_by = NULL, locked_until = NULL
WHERE status = 'pending' AND locked_by IS NOT NULL AND locked_by <> @instanceId;
