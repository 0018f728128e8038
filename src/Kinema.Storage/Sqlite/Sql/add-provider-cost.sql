-- Index: ledger_once_per_attempt refuses a second line for the same item of an attempt.
INSERT INTO ledger (org_id, run_id, kind, fence, item, amount, at)
VALUES (@orgId, @runId, 'provider_cost', @fence, @item, @amount, @now);
