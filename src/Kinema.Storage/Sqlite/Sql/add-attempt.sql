-- Index: attempts primary key (run_id, fence).
INSERT INTO attempts (run_id, fence, number, engine_id, worker_id, instance_id, claimed_at)
VALUES (@runId, @fence, @number, @engineId, @workerId, @instanceId, @now);
