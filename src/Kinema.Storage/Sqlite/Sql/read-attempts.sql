-- Index: attempts primary key (run_id, fence).
SELECT fence, number, claimed_at, ended_at, outcome, cost, failure_code, failure_message, failure_stage
FROM attempts
WHERE run_id = @runId
ORDER BY fence;
