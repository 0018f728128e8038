-- Index: workers primary key. At most once every 10 seconds, so that an idle worker's polling costs few writes; a worker in the server's process is not listened for.
UPDATE workers
SET heard_at = @now
WHERE id = @workerId AND heard_at <= @unlessSince;
