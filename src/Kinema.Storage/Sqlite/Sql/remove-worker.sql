-- Index: workers primary key. A worker in the server's process stays until the server ends.
DELETE FROM workers
WHERE id = @workerId AND key_id IS NOT NULL;
