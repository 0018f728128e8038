-- Index: ledger_once_per_run refuses a second hold, release or charge.
INSERT INTO ledger (org_id, run_id, kind, amount, at)
VALUES (@orgId, @runId, @kind, @amount, @now);
