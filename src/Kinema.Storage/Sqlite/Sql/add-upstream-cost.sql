-- Index: runs primary key; ledger_once_per_attempt. The line stands beside the run's last attempt, whichever it was that submitted.
INSERT INTO ledger (org_id, run_id, kind, fence, item, amount, at)
SELECT org_id, id, 'provider_cost', fence, 'generation', @cost, @now
FROM runs
WHERE id = @key;
