-- Index: ledger_by_run (run_id, id).
SELECT kind, amount, at
FROM ledger
WHERE run_id = @runId AND org_id = @orgId
ORDER BY id;
