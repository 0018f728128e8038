-- Index: runs primary key. The caller has read the row under the write lock.
UPDATE runs
SET status = @status, last_sequence = last_sequence + @eventCount
WHERE id = @runId AND fence = @fence
RETURNING last_sequence;
