-- Index: upstream_tasks primary key. A refused submit is reserved anew; it keeps the time when the run first wanted it.
INSERT INTO upstream_tasks (run_key, lane, org_id, state, day, held, created_at, sent_at)
VALUES (@key, @lane, @orgId, 'submitting', @day, @held, @now, @now)
ON CONFLICT (run_key) DO UPDATE
SET state = 'submitting', lane = excluded.lane, day = excluded.day, held = excluded.held, sent_at = excluded.sent_at, answered_at = NULL
WHERE upstream_tasks.state = 'rejected';
