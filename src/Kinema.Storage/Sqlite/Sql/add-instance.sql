-- Index: instances primary key.
INSERT INTO instances (id, process_id, started_at)
VALUES (@id, @processId, @now);
