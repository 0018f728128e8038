-- What became of a run's prompt before its engine began, so that no later attempt asks for it again.
ALTER TABLE runs ADD COLUMN prompt_expansion_json TEXT;

-- What a line of provider_cost was paid for, beside the engine's own (null): an attempt has one line of each.
ALTER TABLE ledger ADD COLUMN item TEXT;

DROP INDEX ledger_once_per_attempt;
CREATE UNIQUE INDEX ledger_once_per_attempt ON ledger (run_id, fence, ifnull(item, '')) WHERE kind = 'provider_cost';
